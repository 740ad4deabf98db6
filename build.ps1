#Requires -Version 7.4
<#
.SYNOPSIS
Builds, tests, packs or measures the project.
.EXAMPLE
./build.ps1 -Task Build
.EXAMPLE
./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    # Build compiles the solution, which lays out the module in output/OctoWorkers; Test runs every test; Pack publishes the command for this
    # kind of machine and makes the module's package, both below output/; Bench compares with other tools (Debian, root) and measures the module.
    [ValidateSet('Build', 'Test', 'Pack', 'Bench')]
    [string] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location $PSScriptRoot

switch ($Task) {
    'Build' { dotnet build OctoWorkers.PowerShell.sln -c Release --nologo }
    'Test' { bash tests/run.sh }
    'Pack' {
        dotnet publish src/OctoWorkers.Cli -c Release --use-current-runtime -o output/command --nologo
        dotnet pack src/OctoWorkers.PowerShell -c Release -o output/packages --nologo
        Get-ChildItem output/packages/*.nupkg
    }
    'Bench' { bash bench/compare.sh; dotnet build OctoWorkers.PowerShell.sln -c Release; bench/module.ps1 }
}
