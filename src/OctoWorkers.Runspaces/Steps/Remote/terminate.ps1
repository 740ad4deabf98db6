# Ends a process and all below it, and what carries the mark. A line for each: PID:NAME:SIGNAL.
param([int]$Process, [string]$Mark, [int]$Tenths, [string]$End)
if ($IsWindows) {
    if ($Process -and (Get-Process -Id $Process -ErrorAction Ignore)) {
        $null = taskkill.exe /PID $Process /T /F 2>&1
        "${Process}:pwsh:$(if (Get-Process -Id $Process -ErrorAction Ignore) { 'left' } else { 'KILL' })"
    }
    return
}
/bin/sh -c $End end $Process $Mark $Tenths
