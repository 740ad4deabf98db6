# What the step needs comes as the only input.
$__octoworkersArguments = Enter-OctoWorkersStep @($input)[0]
. $__octoworkers.Body @__octoworkersArguments *>&1 | & $__octoworkers.Render
Exit-OctoWorkersStep ([int]$ExecutionContext.SessionState.PSVariable.GetValue('global:LASTEXITCODE', 0))
