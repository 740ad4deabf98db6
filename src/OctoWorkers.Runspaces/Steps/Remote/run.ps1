# The first argument is what the step needs; the others are the script's own.
$__octoworkersArguments = Enter-OctoWorkersStep $args
. $__octoworkers.Body @__octoworkersArguments *>&1 | & $__octoworkers.Render
Exit-OctoWorkersStep
[int]$ExecutionContext.SessionState.PSVariable.GetValue('global:LASTEXITCODE', 0)
