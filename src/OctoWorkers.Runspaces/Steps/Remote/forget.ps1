# Takes away what the rehearsal left that a step could see.
& {
    $null = $ExecutionContext.SessionState.Path.SetLocation($HOME)
    [Environment]::CurrentDirectory = $HOME
    # That removes no folder that the process is in.
    if ($IsWindows) { $null = Remove-OctoWorkersFolder 0 $__octoworkers.Above }
    Remove-OctoWorkersVariables
    foreach ($key in 'UI', 'Body', 'Folder', 'Above', 'Given') { $__octoworkers[$key] = $null }
    foreach ($name in 'OctopusParameters', 'LASTEXITCODE', '__octoworkersArguments') { $ExecutionContext.SessionState.PSVariable.Remove("global:$name") }
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys) -match '^OCTOWORKERS_(TICKET$|SESSION$|REHEARSAL)') { [Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
}
# And what rehearsals left that were killed an hour ago or before.
& {
    param([string]$Rehearsals)
    $limit = [DateTime]::UtcNow.AddHours(-1)
    if (![IO.Directory]::Exists($Rehearsals)) { return }
    # Others may be removing it, or a folder in it.
    $folders = try { [IO.Directory]::GetDirectories($Rehearsals) } catch { }
    foreach ($left in $folders) {
        if ([IO.Directory]::GetLastWriteTimeUtc($left) -lt $limit) { try { [IO.Directory]::Delete($left, $true) } catch { } }
    }
} @args
$Error.Clear()
$ExecutionContext.SessionState.PSVariable.Set('global:StackTrace', $null)
# Opening the session leaves much to collect; the step need not wait for that.
[GC]::Collect(1)
