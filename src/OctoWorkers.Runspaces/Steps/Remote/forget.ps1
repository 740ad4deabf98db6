# Takes away what the rehearsal left that a step could see.
& {
    $null = $ExecutionContext.SessionState.Path.SetLocation($HOME)
    [Environment]::CurrentDirectory = $HOME
    # That removes no folder that the process is in.
    if ($IsWindows) { $null = Remove-OctoWorkersFolder }
    foreach ($key in 'UI', 'Body', 'Folder', 'Above') { $__octoworkers[$key] = $null }
    foreach ($name in @(@($OctopusParameters.Keys).Where{ $_ } -replace '\.') + 'OctopusParameters', 'LASTEXITCODE', '__octoworkersArguments') { $ExecutionContext.SessionState.PSVariable.Remove("global:$name") }
    foreach ($name in 'OCTOWORKERS_TICKET', 'OCTOWORKERS_SESSION', 'OCTOWORKERS_REHEARSAL') { [Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
}
$Error.Clear()
