#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
<#
.SYNOPSIS
Runs the tests of the built module. The last line says: Failed: N, Passed: N, Skipped: N.
#>
param(
    # Files or folders of tests; all when none is given.
    [string[]] $Path = $PSScriptRoot
)

$env:POWERSHELL_TELEMETRY_OPTOUT = '1'
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"Module tests - Failed: $failed, Passed: $($result.PassedCount), Skipped: $($result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount)"
exit [int] ($failed -gt 0)
