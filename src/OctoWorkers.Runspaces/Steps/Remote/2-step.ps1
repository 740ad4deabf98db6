# What a step was given is not the next one's, where the run keeps this session.
function Remove-OctoWorkersVariables {
    $state = $global:__octoworkers
    $variables = $ExecutionContext.SessionState.PSVariable
    foreach ($plain in @($state.Published.Values; 'OctopusParameters')) {
        try { $variables.Remove("global:$plain") }
        catch {
            # The step has made it read-only.
            Remove-Variable -Name $plain -Scope Global -Force -ErrorAction Ignore
            $Error.RemoveAt(0)
        }
    }
    $state.Published.Clear()
}

# Gives the next step of the run what the last one was given, ahead of what is different for it.
function Restore-OctoWorkersVariables {
    $state = $global:__octoworkers
    Remove-OctoWorkersVariables
    $global:OctopusParameters = [Collections.Generic.Dictionary[string, string]]::new($state.Given, [StringComparer]::OrdinalIgnoreCase)
    Publish-OctopusParameter $state.Published
}

# What is different for a step from what the last one was given: records, and those that are 'gone' before them. None of these concerns which variables there are in PowerShell.
function Update-OctoWorkersVariables([string]$Changes) {
    $state = $global:__octoworkers
    $variables = $ExecutionContext.SessionState.PSVariable
    $plain = ''
    foreach ($line in $Changes.Split("`n")) {
        $kind, $name, $value = $line.Split(' ')
        if ($kind -eq 'body') { return ConvertTo-OctopusScript ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($value))) }
        $name = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($name))
        if ($kind -eq 'gone') {
            $null = $state.Given.Remove($name)
            $null = $global:OctopusParameters.Remove($name)
            continue
        }
        $value = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($value))
        $state.Given[$name] = $value
        $global:OctopusParameters[$name] = $value
        if ($state.Published.TryGetValue($name, [ref]$plain)) { $variables.Set("global:$plain", $value) }
    }
}

# Puts what a step needs into the session: its surroundings, and then what the records hold. It returns the script's arguments.
function Enter-OctoWorkersStep($step) {
    $state = $global:__octoworkers
    $state.UI = $Host.UI
    & $state.Open
    if ($watch = $state.Watch) { $watch.WriteLine('busy') }
    [Environment]::SetEnvironmentVariable('OCTOWORKERS_TICKET', $step.Ticket)
    [Environment]::SetEnvironmentVariable('OCTOWORKERS_SESSION', $step.Mark)
    foreach ($name in $step.Environment.Keys) { [Environment]::SetEnvironmentVariable($name, $step.Environment[$name]) }
    $folder = $step.Folder
    for ($try = 1; ; $try++) {
        try {
            if (!$IsWindows) { $null = [IO.Directory]::CreateDirectory($folder, $state.Mode) }
            else { $null = [IO.Directory]::CreateDirectory($folder) }
            break
        }
        catch [IO.DirectoryNotFoundException] {
            # Another step was the last in a folder above, and has removed it meanwhile.
            if ($try -eq 100) { throw }
        }
    }
    $state.Folder = $folder
    $state.Above = $step.Above
    $state.MayWait = $step.MayWait
    $state.IsKept = $step.IsKept
    $state.Waits = $false
    $variables = $ExecutionContext.SessionState.PSVariable
    $path = $ExecutionContext.SessionState.Path
    $drive = $path.CurrentLocation.Drive
    if ($drive.Name -eq '/' -and $folder[0] -eq '/') {
        # What SetLocation would do, without finding out again what is known: that takes it longer than all else that a short step needs.
        $drive.CurrentLocation = $folder.Substring(1)
        $variables.Set('global:PWD', $path.CurrentLocation)
    }
    else { $null = $path.SetLocation($folder) }
    [IO.Directory]::SetCurrentDirectory($folder)
    $variables.Set('global:LASTEXITCODE', 0)
    $global:ErrorActionPreference = 'Stop'
    try {
        if ($changes = $step['Changes']) { $state.Body = Update-OctoWorkersVariables $changes }
        else {
            Remove-OctoWorkersVariables
            $state.Body = Import-OctopusRecord ([IO.StringReader]::new($step.Records)) $state.Published
        }
    }
    catch {
        # A module may have written something.
        & $state.Close
        throw
    }
    if (!$changes) {
        if ($state.IsKept) { $state.Given = [Collections.Generic.Dictionary[string, string]]::new($global:OctopusParameters, [StringComparer]::OrdinalIgnoreCase) }
    }
    , $step.Arguments
}

# Removes the step's folder (0), and those above it, as far as they are empty, or only looks whether it could. After a step that ended by itself, what it left running is its own affair. It
# returns 'gone' where the first is, so that nobody need come to remove any.
function Remove-OctoWorkersFolder([int]$From, [int]$To, [switch]$Look) {
    $folder = $global:__octoworkers.Folder
    if (![IO.Path]::IsPathRooted($folder)) { return }
    try {
        for ($level = 0; $level -le $To; $level++) {
            if ($level -ge $From) {
                $entries = [IO.Directory]::EnumerateFileSystemEntries($folder).GetEnumerator()
                try { $isEmpty = !$entries.MoveNext() } finally { $entries.Dispose() }
                if (!$isEmpty) { return }
                if (!$Look) { [IO.Directory]::Delete($folder) }
                if ($level -eq $From) { 'gone' }
            }
            $folder = [IO.Path]::GetDirectoryName($folder)
        }
    }
    catch {
        # Another step is about to use it, the system keeps it while this process is in it, or the step has closed it.
        $Error.RemoveAt(0)
    }
}

# Says how the step ended, with what it wrote and nobody has heard yet, and asks what comes now. The session may wait, for the next step of its run or for its end, or its process may be ended
# at once: one that has just run something would go on compiling it for as long as opening a session takes. Otherwise the pipeline ends in order, and returns how the step ended, as it does
# where an event waits for the session. What the run's next step can do without is done when this is told.
function Exit-OctoWorkersStep([int]$Code) {
    $state = $global:__octoworkers
    if ($state.Watch) { $state.Watch.WriteLine('idle') }
    $left = "$(if ($state.IsKept) { Remove-OctoWorkersFolder 0 0 -Look } else { Remove-OctoWorkersFolder 0 $state.Above })"
    if (!$state.MayWait) { $state.UI.Write($state.Rest) }
    else {
        $isPlain = $ExecutionContext.Events.Subscribers.Count -eq $state.Subscribers
        $waits = $isPlain -and ($state.IsKept -or [Environment]::WorkingSet -lt 419430400)
        $words = "over $Code $left$(if ($isPlain -and $state.Watch) { ' ends' })$(if ($waits) { ' waits' })"
        $answer = $state.UI.PromptForChoice('octoworkers', "$words`n$($state.Rest)", $state.Choices, 1)
        $state.Rest = ''
        if ($answer -eq 2) {
            $state.Waits = $true
            if (!$state.IsKept) { return Remove-OctoWorkersVariables }
            $null = Remove-OctoWorkersFolder 0 0
            return Restore-OctoWorkersVariables
        }
        if ($state.IsKept) { $left = "$(Remove-OctoWorkersFolder 0 $state.Above)" }
        if ($answer -eq 0) { $state.Watch.WriteLine('over') }
    }
    $left
    $Code
}

# No other step comes. It returns 'gone' where a run that has kept the session has left no folder.
function Exit-OctoWorkersRun {
    $state = $global:__octoworkers
    if (!$state.Waits -or !$state.IsKept) { return }
    Remove-OctoWorkersVariables
    $state.Given = $null
    Remove-OctoWorkersFolder 1 $state.Above
}
