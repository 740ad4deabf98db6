# Puts what a step needs into the session: its surroundings, and then what the records hold. The first of all is that; the others are the script's arguments, which it returns.
function Enter-OctoWorkersStep([object[]]$All) {
    $step = $All[0]
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
    if ($All.Count -gt 1) { , $All[1..($All.Count - 1)] }
}

# After a step that ended by itself, what it left running is its own affair. It returns 'gone' when the step has left no file, so that nobody need come to remove any.
function Exit-OctoWorkersStep {
    if ($watch = $global:__octoworkers.Watch) { $watch.WriteLine('idle') }
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
