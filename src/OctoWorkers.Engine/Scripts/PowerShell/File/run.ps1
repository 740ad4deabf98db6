# What pwsh starts: it reads from descriptor 3 what the engine hands over. Records are data, so that no log of script blocks ever holds a secret.
[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
function Write-OctopusLine([string]$Text) { [Console]::Out.WriteLine($Text) }
$__octopus = Import-OctopusRecord ([IO.StreamReader]::new([IO.FileStream]::new([Microsoft.Win32.SafeHandles.SafeFileHandle]::new([IntPtr]3, $true), [IO.FileAccess]::Read, 65536)))
# In a first line of its own, which PowerShell does not name as the place of a script's error.
. ([ScriptBlock]::Create('. $__octopus @args')) @args
# 'exit' would drop what is still to be shown of a table.
if ($__octopus = [int]$ExecutionContext.SessionState.PSVariable.GetValue('global:LASTEXITCODE', 0)) { $Host.SetShouldExit($__octopus) }
