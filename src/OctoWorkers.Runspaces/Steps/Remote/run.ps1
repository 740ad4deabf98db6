# What a step needs comes as input, and what the next one needs where the session is kept for it.
process {
    $__octoworkersArguments = Enter-OctoWorkersStep $_
    $_ = $null
    . $__octoworkers.Body @__octoworkersArguments *>&1 | & $__octoworkers.Render
    Exit-OctoWorkersStep ([int]$ExecutionContext.SessionState.PSVariable.GetValue('global:LASTEXITCODE', 0))
}
end { Exit-OctoWorkersRun }
