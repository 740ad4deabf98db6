# What outlives PowerShell when it is ended in the middle of a step is ended by a shell that waits for that. It is told what the session is doing.
function Start-OctoWorkersWatch([string]$Mark, [string]$Watch, [string]$End) {
    if ($IsWindows) { return }
    $start = [Diagnostics.ProcessStartInfo]::new('/bin/sh')
    foreach ($word in '-c', $Watch, 'watch', $End, $Mark) { $start.ArgumentList.Add($word) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.WorkingDirectory = '/'
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.AutoFlush = $true
    $global:__octoworkers.Watch = $process.StandardInput
}
Start-OctoWorkersWatch @args
Import-Module Microsoft.PowerShell.Utility
# The way that every step goes is gone once, so that the first need not wait for it to be compiled.
$__octoworkers.Body = { 'ready' }
& $__octoworkers.Open
. $__octoworkers.Body *>&1 | & $__octoworkers.Render
& $__octoworkers.Open
# So is the way of what is written: these go nowhere, and each by itself.
foreach ($number in 1..40) { & $__octoworkers.Send '' ($number % 2 ? 'O' : 'E') }
& $__octoworkers.Close
