#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
<#
.SYNOPSIS
Runs the tests of the built module. The last line counts: Total: N, Errors: N, Failed: N, Skipped: N, Not Run: N.
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
$errors = $result.FailedBlocksCount + $result.FailedContainersCount
$skipped = $result.SkippedCount + $result.InconclusiveCount
"Module tests  Total: $($result.TotalCount), Errors: $errors, Failed: $($result.FailedCount), Skipped: $skipped, Not Run: $($result.NotRunCount)"
exit [int] ($errors + $result.FailedCount -gt 0)
