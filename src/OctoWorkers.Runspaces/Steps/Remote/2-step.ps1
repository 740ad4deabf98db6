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
    $null = $ExecutionContext.SessionState.Path.SetLocation($folder)
    [Environment]::CurrentDirectory = $folder
    $variables = $ExecutionContext.SessionState.PSVariable
    if ($null -ne $global:OctopusParameters) {
        # The run keeps this session: what the step before was given is not this step's.
        foreach ($name in $global:OctopusParameters.Keys) {
            $plain = $name -replace '[^A-Za-z0-9_]'
            if ($plain -and [object]::ReferenceEquals($variables.GetValue("global:$plain"), $global:OctopusParameters[$name])) { $variables.Remove("global:$plain") }
        }
    }
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

# Returns how the step ended, unless the other side knows it already, and needs the session no more: its process is ended then, at once. One that has just run something would go on
# compiling it for as long as opening a session takes. Where an event waits for PowerShell's end, it is left to end in order.
function Exit-OctoWorkersStep([int]$Code) {
    $state = $global:__octoworkers
    if ($state.Watch) { $state.Watch.WriteLine('idle') }
    $left = "$(Remove-OctoWorkersFolder)"
    if ($state.Watch -and $ExecutionContext.Events.Subscribers.Count -eq $state.Subscribers) {
        if ($state.UI.PromptForChoice('octoworkers', "over $Code $left", $state.Choices, 1) -eq 0) { $state.Watch.WriteLine('over') }
    }
    $left
    $Code
}
