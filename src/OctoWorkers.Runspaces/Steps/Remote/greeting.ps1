# Also one that is too old must understand this.
& {
    # That .NET is to wait before it compiles methods anew was meant for this process, and not for those that it starts.
    $compilesLate = [Environment]::GetEnvironmentVariable('DOTNET_TC_CallCountThreshold') -eq '8000'
    if ($compilesLate) { [Environment]::SetEnvironmentVariable('DOTNET_TC_CallCountThreshold', [NullString]::Value) }
    $system = if ($PSVersionTable.PSVersion.Major -lt 6 -or $IsWindows) { 'Windows' } elseif ($IsMacOS) { 'Darwin' } else { 'Linux' }
    $machine = "$([Runtime.InteropServices.RuntimeInformation]::OSArchitecture)"
    if ($machine -eq 'X64') { $machine = 'x86_64' }
    "$($PSVersionTable.PSVersion)"
    "$PID"
    $system
    $machine.ToLowerInvariant()
    [Environment]::MachineName
    [Environment]::UserName
    [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    if ($env:XDG_STATE_HOME) { $env:XDG_STATE_HOME } elseif ($system -eq 'Windows') { [Environment]::GetFolderPath('LocalApplicationData') } else { "$HOME/.local/state" }
    "$([Environment]::ProcessorCount)"
    if ($PSVersionTable.PSVersion.Major -ge 7) { "$([GC]::GetGCMemoryInfo().TotalAvailableMemoryBytes)" } else { '0' }
    if ($compilesLate) { 'late' } else { 'soon' }
}
