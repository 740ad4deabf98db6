#Requires -Version 7.6
<#
.SYNOPSIS
Measures Invoke-WorkerCommand beside PowerShell's own ways to run a script block in many places.
.DESCRIPTION
Everything in one run, turn by turn: once on each of eight workers beside Invoke-Command over eight open sessions; a thousand small inputs beside
ForEach-Object -Parallel with Invoke-Command in each, and beside Start-Job, which gets its share of the inputs at once and knows nothing of who is free; a hundred thousand
objects back beside Invoke-Command. Sessions are out of process on this machine for both sides, or over ssh to a server that is named by -Port; ours are looked at
after each command and used again where they are as they were, those of Invoke-Command are used again whatever was done in them. Before each turn it waits until
this process opens and closes no sessions any more.
.EXAMPLE
pwsh -NoProfile -File bench/workercommand.ps1
#>
[CmdletBinding()]
param(
    # How often each thing is measured; what takes a moment only, four times as often.
    [ValidateRange(1, 1000)]
    [int] $Repeat = 5,
    # The port of an sshd on the loopback address with the subsystem powershell; 0: processes of this machine.
    [int] $Port = 0,
    # The private key for it.
    [string] $KeyFilePath,
    # An ssh configuration file for it.
    [string] $ConfigurationFile,
    # The known hosts for it.
    [string] $KnownHostsFile
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$repository = Split-Path $PSScriptRoot
Import-Module (Join-Path $repository 'output/OctoWorkers/OctoWorkers.psd1')
$env:OCTOWORKERS_HOME = Join-Path ([IO.Path]::GetTempPath()) "octoworkers-bench-$PID"
$count = 8
$user = [Environment]::UserName

function Get-Median([double[]] $values) { ($values | Sort-Object)[[int][Math]::Floor($values.Count / 2)] }

function Measure-Once([scriptblock] $script) {
    [GC]::Collect()
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = & $script
    $watch.Elapsed.TotalMilliseconds
}

# Sessions that are opened ahead, and those that are closed, are not measured.
function Wait-Rest {
    $limit = [DateTime]::UtcNow.AddSeconds(20)
    $last, $since = '', [DateTime]::UtcNow
    while ([DateTime]::UtcNow -lt $limit) {
        $now = (Get-Content "/proc/$PID/task/*/children" -ErrorAction Ignore) -join ' '
        if ($now -ne $last) { $last, $since = $now, [DateTime]::UtcNow } elseif ([DateTime]::UtcNow - $since -gt [TimeSpan]::FromSeconds(2)) { return }
        Start-Sleep -Milliseconds 100
    }
}

# Several ways to the same end, turn by turn; the first turn warms up.
function Compare-Way([string] $case, [Collections.Specialized.OrderedDictionary] $ways, [int] $turns = $Repeat) {
    $times = [ordered]@{}
    foreach ($name in $ways.Keys) { $times[$name] = @() }
    foreach ($turn in 0..$turns) {
        foreach ($name in $ways.Keys) {
            Wait-Rest
            $took = Measure-Once $ways[$name]
            if ($turn) { $times[$name] += $took }
        }
    }
    $own = Get-Median $times[0]
    $fastest = ($times[0] | Measure-Object -Minimum).Minimum
    foreach ($name in $times.Keys) {
        $median = Get-Median $times[$name]
        $minimum = ($times[$name] | Measure-Object -Minimum).Minimum
        [pscustomobject]@{
            Case = $case; Way = $name; Median = '{0:0.0} ms' -f $median; Ours = '{0:0.00}x' -f ($own / $median)
            Minimum = '{0:0.0} ms' -f $minimum; OursToo = '{0:0.00}x' -f ($fastest / $minimum)
        }
    }
}

$sessions = @()
try {
    $null = New-WorkerPool Bench
    foreach ($number in 1..$count) {
        if ($Port) {
            $null = Add-Worker 127.0.0.1 -Name "w$number" -Pool Bench -Port $Port -UserName $user -KeyFilePath $KeyFilePath -ConfigurationFile $ConfigurationFile
            $sessions += New-PSSession -HostName 127.0.0.1 -Port $Port -UserName $user -KeyFilePath $KeyFilePath -Options @{ UserKnownHostsFile = $KnownHostsFile }
        }
        else {
            $null = Add-Worker -Local "w$number" -Pool Bench
            $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null)
            $runspace.Open()
            $sessions += [System.Management.Automation.Runspaces.PSSession]::Create($runspace, 'bench', $null)
        }
    }
    $sessionOf = [Collections.Concurrent.ConcurrentQueue[object]]::new([object[]] $sessions)
    @(
        Compare-Way 'once on each of 8' ([ordered]@{
                'Invoke-WorkerCommand -OnEachWorker' = { Invoke-WorkerCommand -Pool Bench -OnEachWorker { 1 } }
                'Invoke-Command -Session (8)' = { Invoke-Command -Session $sessions { 1 } }
            }) -turns (4 * $Repeat)
        Compare-Way '1,000 small inputs' ([ordered]@{
                'Invoke-WorkerCommand' = { 1..1000 | Invoke-WorkerCommand -Pool Bench { $_ + 1 } }
                'ForEach-Object -Parallel { Invoke-Command }' = {
                    1..1000 | ForEach-Object -ThrottleLimit $count -Parallel {
                        $free = $using:sessionOf
                        $session = $null
                        while (-not $free.TryDequeue([ref] $session)) { [Threading.Thread]::Sleep(1) }
                        try { Invoke-Command -Session $session { $args[0] + 1 } -ArgumentList $_ } finally { $free.Enqueue($session) }
                    }
                }
                'Start-Job (8, 125 inputs each)' = {
                    $jobs = foreach ($number in 0..($count - 1)) { Start-Job { foreach ($one in $args) { $one + 1 } } -ArgumentList (($number * 125 + 1)..($number * 125 + 125)) }
                    $jobs | Receive-Job -Wait -AutoRemoveJob
                }
            })
        Compare-Way '100,000 objects back' ([ordered]@{
                'Invoke-WorkerCommand' = { Invoke-WorkerCommand -Worker w1 { 1..100000 } }
                'Invoke-Command -Session' = { Invoke-Command -Session $sessions[0] { 1..100000 } }
            })
    ) | Format-Table -AutoSize | Out-String -Width 160
    # Of a process of its own, which has kept nothing before.
    foreach ($objects in 100000, 400000) {
        & (Get-Process -Id $PID).Path -NoProfile -Command {
            param($module, $objects)
            Import-Module $module
            $null = Invoke-WorkerCommand -Worker w1 { 1..$using:objects } | Measure-Object
            'Peak of the working set with {0:n0} objects: {1:0} MB' -f $objects, ([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)
            Remove-Module OctoWorkers
        } -args (Join-Path $repository 'output/OctoWorkers/OctoWorkers.psd1'), $objects
    }
}
finally {
    $sessions | Remove-PSSession
    Remove-Module OctoWorkers
    Remove-Item -LiteralPath $env:OCTOWORKERS_HOME -Recurse -Force -ErrorAction SilentlyContinue
}
