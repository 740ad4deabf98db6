#Requires -Version 7.6
<#
.SYNOPSIS
Measures the completion of each kind of name on a store with 1,000 of each (of runs 60).
.DESCRIPTION
What is measured is what somebody waits for who presses the key: TabExpansion2 of a whole line, with all 1,000 names to choose from. Each line is tried once before.
.EXAMPLE
pwsh -NoProfile -File bench/completion.ps1
#>
[CmdletBinding()]
param(
    # How often each line is completed.
    [ValidateRange(1, 1000)]
    [int] $Repeat = 20,

    # How many of each there are.
    [ValidateRange(1, 100000)]
    [int] $Count = 1000
)

$ErrorActionPreference = 'Stop'
$InformationPreference = 'Ignore'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path (Split-Path $PSScriptRoot) 'output/OctoWorkers/OctoWorkers.psd1')
$before = $env:OCTOWORKERS_HOME
$env:OCTOWORKERS_HOME = Join-Path ([IO.Path]::GetTempPath()) "octoworkers-completion-$PID"

try {
    $packages = New-Item -ItemType Directory -Force (Join-Path $env:OCTOWORKERS_HOME packages)
    1..$Count | ForEach-Object { [IO.File]::WriteAllText((Join-Path $packages "Package$_.1.0.0.zip"), '') }
    $lists = [ordered] @{
        environments  = { "- name: Environment$_" }
        tenants       = { "- { name: Tenant$_, tags: [Set$_/Value] }" }
        policies      = { "- name: Policy$_" }
        pools         = { "- name: Pool$_" }
        workers       = { "- { name: worker$_, connection: local, pool: Pool$_ }" }
        feeds         = { "- { name: Feed$_, path: feed$_ }" }
        variableSets  = { "- { name: Set$_, variables: { Variable$_`: value } }" }
        scriptModules = { "- { name: module$_, syntax: bash, body: 'true' }" }
        runbooks      = { "- { name: Runbook$_, steps: [{ name: Step$_, bash: 'true' }] }" }
    }
    $file = Join-Path $env:OCTOWORKERS_HOME many.yaml
    Set-Content $file $($lists.GetEnumerator() | ForEach-Object { "$($_.Key):"; 1..$Count | ForEach-Object $_.Value })
    $null = Import-Runbook $file
    $null = New-Runbook Ask { 1..$Count | ForEach-Object { New-RunbookStep "Question$_" -Manual 'Well?' -WithPrevious:($_ -gt 1) } }
    $null = New-Runbook Keep { New-RunbookStep Keep -Bash "for i in `$(seq $Count); do echo > f`$i; new_octopusartifact f`$i; done" }
    $null = Test-Worker worker1
    $kept = Invoke-Runbook Keep Environment1
    # Of runs only the newest fifty are offered, however many there are.
    1..60 | ForEach-Object { $null = Invoke-Runbook Runbook1 Environment1 -SkipStep Step1 }
    $asking = Invoke-Runbook Ask Environment1 -AsJob
    $limit = [Diagnostics.Stopwatch]::StartNew()
    while (@(Get-RunbookIntervention).Count -lt $Count -and $limit.Elapsed.TotalMinutes -lt 2) { Start-Sleep -Milliseconds 200 }

    $completed = foreach ($command in Get-Command -Module OctoWorkers | Sort-Object Name) {
        foreach ($parameter in $command.Parameters.Values) {
            foreach ($attribute in $parameter.Attributes.Where{ $_ -is [System.Management.Automation.ArgumentCompleterAttribute] -and $_.Type }) {
                [pscustomobject]@{ Completer = $attribute.Type.Name -replace 'Completer$'; Line = "$($command.Name) -$($parameter.Name) " }
            }
        }
    }
    foreach ($one in $completed | Group-Object Completer | ForEach-Object { $_.Group[0] }) {
        $line = $one.Line
        if ($one.Completer -eq 'ArtifactName') { $line = "Get-RunbookArtifact $($kept.Id) " }
        $found = (TabExpansion2 $line $line.Length).CompletionMatches.Count
        $times = 1..$Repeat | ForEach-Object { $watch = [Diagnostics.Stopwatch]::StartNew(); $null = TabExpansion2 $line $line.Length; $watch.Elapsed.TotalMilliseconds } | Sort-Object
        [pscustomobject]@{
            What = "completion of $($one.Completer), $found found, ms"
            Median = [Math]::Round($times[[int] [Math]::Floor($times.Count / 2)], 1)
            Target = '<= 50'
        }
    }
}
finally {
    if ($asking) { $asking | Remove-Job -Force }
    Remove-Module OctoWorkers -ErrorAction Ignore
    Remove-Item $env:OCTOWORKERS_HOME -Recurse -Force -ErrorAction Ignore
    $env:OCTOWORKERS_HOME = $before
}
