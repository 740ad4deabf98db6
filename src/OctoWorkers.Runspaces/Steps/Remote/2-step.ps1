# What a step was given is not the next one's, where the run keeps this session.
function Remove-OctoWorkersVariables {
    $variables = $ExecutionContext.SessionState.PSVariable
    if ($null -eq $global:OctopusParameters) { return }
    foreach ($name in $global:OctopusParameters.Keys) {
        $plain = $name -replace '[^A-Za-z0-9_]'
        if (!$plain -or ![object]::ReferenceEquals($variables.GetValue("global:$plain"), $global:OctopusParameters[$name])) { continue }
        try { $variables.Remove("global:$plain") }
        catch {
            # The step has made it read-only.
            Remove-Variable -Name $plain -Scope Global -Force -ErrorAction Ignore
            $Error.RemoveAt(0)
        }
    }
    $global:OctopusParameters = $null
}

# Puts what a step needs into the session: its surroundings, and then what the records hold. It returns the script's arguments.
function Enter-OctoWorkersStep($step) {
    $global:__octoworkers.UI = $Host.UI
    if ($watch = $global:__octoworkers.Watch) { $watch.WriteLine('busy') }
    [Environment]::SetEnvironmentVariable('OCTOWORKERS_TICKET', $step.Ticket)
    [Environment]::SetEnvironmentVariable('OCTOWORKERS_SESSION', $step.Mark)
    foreach ($name in $step.Environment.Keys) { [Environment]::SetEnvironmentVariable($name, $step.Environment[$name]) }
    $folder = $step.Folder
    for ($try = 1; ; $try++) {
        try {
            if (!$IsWindows) { $null = [IO.Directory]::CreateDirectory($folder, 'UserRead, UserWrite, UserExecute') } else { $null = [IO.Directory]::CreateDirectory($folder) }
            break
        }
        catch [IO.DirectoryNotFoundException] {
            # Another step was the last in a folder above, and has removed it meanwhile.
            if ($try -eq 100) { throw }
        }
    }
    $global:__octoworkers.Folder = $folder
    $global:__octoworkers.Above = $step.Above
    $global:__octoworkers.MayWait = $step.MayWait
    $variables = $ExecutionContext.SessionState.PSVariable
    $path = $ExecutionContext.SessionState.Path
    $drive = $path.CurrentLocation.Drive
    if ($drive.Name -eq '/' -and $folder[0] -eq '/') {
        # What SetLocation would do, without finding out again what is known: that takes it longer than all else that a short step needs.
        $drive.CurrentLocation = $folder.Substring(1)
        $variables.Set('global:PWD', $path.CurrentLocation)
    }
    else { $null = $path.SetLocation($folder) }
    [Environment]::CurrentDirectory = $folder
    Remove-OctoWorkersVariables
    $variables.Set('global:LASTEXITCODE', 0)
    $global:ErrorActionPreference = 'Stop'
    $global:__octoworkers.Body = Import-OctopusRecord ([IO.StringReader]::new($step.Records))
    if ($step.Arguments.Count -gt 0) { , $step.Arguments }
}

# After a step that ended by itself, what it left running is its own affair. It returns 'gone' when the step has left no file, so that nobody need come to remove any.
function Remove-OctoWorkersFolder {
    $folder = $global:__octoworkers.Folder
    if (![IO.Path]::IsPathRooted($folder)) { return }
    try {
        for ($level = 0; $level -le $global:__octoworkers.Above; $level++) {
            $entries = [IO.Directory]::EnumerateFileSystemEntries($folder).GetEnumerator()
            try { $isEmpty = !$entries.MoveNext() } finally { $entries.Dispose() }
            if (!$isEmpty) { return }
            [IO.Directory]::Delete($folder)
            if ($level -eq 0) { 'gone' }
            $folder = [IO.Path]::GetDirectoryName($folder)
        }
    }
    catch {
        # Another step is about to use it, the system keeps it while this process is in it, or the step has closed it.
        $Error.RemoveAt(0)
    }
}

# Says how the step ended, and asks what comes now. The session may wait, for the next step of its run or for its end, or its process may be ended at once: one that has just run something
# would go on compiling it for as long as opening a session takes. Otherwise the pipeline ends in order, and returns how the step ended, as it does where an event waits for the session.
function Exit-OctoWorkersStep([int]$Code) {
    $state = $global:__octoworkers
    if ($state.Watch) { $state.Watch.WriteLine('idle') }
    $left = "$(Remove-OctoWorkersFolder)"
    if ($state.MayWait) {
        $isPlain = $ExecutionContext.Events.Subscribers.Count -eq $state.Subscribers
        $words = "over $Code $left$(if ($isPlain -and $state.Watch) { ' ends' })$(if ($isPlain -and [Environment]::WorkingSet -lt 419430400) { ' waits' })"
        $answer = $state.UI.PromptForChoice('octoworkers', $words, $state.Choices, 1)
        if ($answer -eq 2) { return Remove-OctoWorkersVariables }
        if ($answer -eq 0) { $state.Watch.WriteLine('over') }
    }
    $left
    $Code
}
