#Requires -Version 7.6
<#
.SYNOPSIS
Measures the module: import, a warm trivial step, and a hundred runs at once from one session.
.DESCRIPTION
Everything in one run: the import beside PowerShell alone, and a run from the session beside the same run from within a program that holds the engine
(OctoWorkers.Bench). Build the solution first.
.EXAMPLE
pwsh -NoProfile -File bench/module.ps1
#>
[CmdletBinding()]
param(
    # How often each thing is measured.
    [ValidateRange(1, 1000)]
    [int] $Repeat = 20
)

$ErrorActionPreference = 'Stop'
$InformationPreference = 'Ignore'
$ProgressPreference = 'SilentlyContinue'
$repository = Split-Path $PSScriptRoot
$module = Join-Path $repository 'output/OctoWorkers/OctoWorkers.psd1'
$program = Join-Path $PSScriptRoot 'OctoWorkers.Bench/bin/Release/net10.0/OctoWorkers.Bench.dll'
$pwsh = (Get-Process -Id $PID).Path
$engine = $null
$env:OCTOWORKERS_HOME = Join-Path ([IO.Path]::GetTempPath()) "octoworkers-bench-$PID"

function Get-Median([double[]] $values) { ($values | Sort-Object)[[int][Math]::Floor($values.Count / 2)] }

# The milliseconds of a script, the median of many turns.
function Measure-Median([int] $times, [scriptblock] $script) {
    Get-Median (1..$times | ForEach-Object { $watch = [Diagnostics.Stopwatch]::StartNew(); $null = & $script; $watch.Elapsed.TotalMilliseconds })
}

try {
    $alone = @(); $importing = @()
    foreach ($turn in 0..$Repeat) {
        $one = Measure-Median 1 { & $pwsh -NoProfile -NonInteractive -Command '1' }
        $two = Measure-Median 1 { & $pwsh -NoProfile -NonInteractive -Command "Import-Module '$module'; 1" }
        if ($turn) { $alone += $one; $importing += $two }
    }

    Import-Module $module
    $null = New-WorkerEnvironment Bench
    $null = Add-Worker here -Local
    $null = New-Runbook Bench { New-RunbookStep step -Bash 'true' }
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] $program)
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $engine = [Diagnostics.Process]::Start($start)

    # In turns, so that a slow minute of the machine hits both; the first forty turns only warm up.
    $here = @(); $within = @()
    foreach ($turn in 1..(40 + 5 * $Repeat)) {
        $one = Measure-Median 1 { Invoke-Runbook Bench Bench }
        $engine.StandardInput.WriteLine('1 1')
        $two = 1000 * [double]::Parse($engine.StandardOutput.ReadLine(), [cultureinfo]::InvariantCulture)
        if ($turn -gt 40) { $here += $one; $within += $two }
    }

    $engine.StandardInput.Close()
    $engine.WaitForExit()

    # The bench program has raised the task cap of the store to 64.
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $jobs = 1..100 | ForEach-Object { Invoke-Runbook Bench Bench -AsJob }
    $slowest = 0.0
    while ($jobs.Where({ $_.State -eq 'Running' }, 'First')) {
        $turn = [Diagnostics.Stopwatch]::StartNew()
        $null = Get-Command Get-Item
        [Threading.Thread]::Yield() | Out-Null
        $slowest = [Math]::Max($slowest, $turn.Elapsed.TotalMilliseconds)
    }

    $all = $watch.Elapsed.TotalMilliseconds
    $failed = $jobs.Where({ $_.State -ne 'Completed' }).Count
    $jobs | Remove-Job
    $peak = [int] ((Select-String -Path "/proc/$PID/status" -Pattern '^VmHWM:\s+(\d+)').Matches[0].Groups[1].Value) / 1024

    [pscustomobject]@{ What = 'pwsh -NoProfile alone, ms'; Median = [Math]::Round((Get-Median $alone), 1); Target = '' }
    [pscustomobject]@{ What = 'Import-Module over that, ms'; Median = [Math]::Round((Get-Median $importing) - (Get-Median $alone), 1); Target = '<= 150' }
    [pscustomobject]@{ What = 'a run from within a program, ms'; Median = [Math]::Round((Get-Median $within), 1); Target = '' }
    [pscustomobject]@{ What = 'Invoke-Runbook, ms'; Median = [Math]::Round((Get-Median $here), 1); Target = '' }
    [pscustomobject]@{ What = 'the second over the first'; Median = [Math]::Round((Get-Median $here) / (Get-Median $within), 2); Target = '<= 1.3' }
    [pscustomobject]@{ What = "100 runs as jobs at once ($failed failed), ms"; Median = [Math]::Round($all); Target = '' }
    [pscustomobject]@{ What = 'longest turn of the prompt meanwhile, ms'; Median = [Math]::Round($slowest, 1); Target = 'alive' }
    [pscustomobject]@{ What = 'peak memory of the session, MB'; Median = [Math]::Round($peak); Target = '<= 300' }
    # A session of its own, whose objects come back.
    & $pwsh -NoProfile -NonInteractive -OutputFormat XML -Command "& '$(Join-Path $PSScriptRoot completion.ps1)' -Repeat $Repeat"
}
finally {
    if ($engine -and -not $engine.HasExited) { $engine.Kill() }
    Remove-Module OctoWorkers -ErrorAction Ignore
    Remove-Item $env:OCTOWORKERS_HOME -Recurse -Force -ErrorAction Ignore
}
