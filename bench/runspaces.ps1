#Requires -Version 7.6
<#
.SYNOPSIS
Measures steps in PowerShell sessions over ssh, beside PowerShell's own commands, in turns in one run.
.DESCRIPTION
It starts an sshd of its own on the loopback address and ends it. Build the solution first. A trivial step is a whole run: planned, stored, its log kept. A burst is as many runs, one right after the
other, as sessions are open ahead, which the bursts before have asked for; then the machine rests until so many are open again. Sustained means one after another for a minute, with nothing open ahead
but what is opened meanwhile. The steps of a run that keeps its session are those after its first: the difference of a run of 21 such steps and one of one, divided by 20; the run of one is shown apart,
and so is what the engine alone takes for a step: the same with Bash on this machine.
.EXAMPLE
pwsh -NoProfile -File bench/runspaces.ps1
#>
[CmdletBinding()]
param(
    # How many bursts are measured.
    [ValidateRange(1, 100)]
    [int] $Repeat = 5,
    # How many steps make a burst.
    [ValidateRange(1, 16)]
    [int] $Burst = 8,
    # How long the sustained case runs, in seconds.
    [ValidateRange(1, 600)]
    [int] $Seconds = 60
)

$ErrorActionPreference = 'Stop'
$InformationPreference = 'Ignore'
$ProgressPreference = 'SilentlyContinue'
$folder = Join-Path ([IO.Path]::GetTempPath()) "octoworkers-runspaces-$PID"
$env:OCTOWORKERS_HOME = Join-Path $folder home
$server = $null
$session = $null

# The middle one, and the least.
function Get-Figures([double[]] $values) { $sorted = @($values | Sort-Object); , @($sorted[[int][Math]::Floor($sorted.Count / 2)], $sorted[0]) }

# The machine rests: as many sessions are open as a burst needs, beside the engine's own, and none has been opened or closed for two seconds.
function Wait-Rest {
    $limit = [DateTime]::UtcNow.AddSeconds(60)
    for ($last = '', 0; [DateTime]::UtcNow -lt $limit; Start-Sleep -Milliseconds 200) {
        $open = @(Get-Process ssh -ErrorAction Ignore | Where-Object { $_.Parent.Id -eq $PID -and $_.CommandLine -like "*$folder/ssh_config*" } | Sort-Object Id)
        $now = $open.Id -join ' '
        if ($now -ne $last[0]) { $last = $now, [DateTime]::UtcNow }
        elseif ($open.Count -gt $Burst -and [DateTime]::UtcNow - $last[1] -gt [TimeSpan]::FromSeconds(2)) { return }
    }
    Write-Warning "The sessions for a burst were not open after a minute; the next figures show that."
}

function Measure-Once([scriptblock] $script) { $watch = [Diagnostics.Stopwatch]::StartNew(); $null = & $script; $watch.Elapsed.TotalMilliseconds }

try {
    $null = New-Item -ItemType Directory $folder
    foreach ($key in 'host', 'id') { ssh-keygen -q -t ed25519 -N '' -f "$folder/$key" }
    Copy-Item "$folder/id.pub" "$folder/authorized_keys"
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    Set-Content "$folder/sshd_config" @"
ListenAddress 127.0.0.1
Port $port
HostKey $folder/host
AuthorizedKeysFile $folder/authorized_keys
PidFile none
StrictModes no
UsePAM no
Subsystem powershell /usr/bin/env DOTNET_TC_CallCountThreshold=8000 $((Get-Process -Id $PID).Path) -sshs -NoLogo -NoProfile
"@
    Set-Content "$folder/known_hosts" "[127.0.0.1]:$port $(Get-Content "$folder/host.pub")"
    if ((id -u) -eq 0) { $null = New-Item -ItemType Directory -Force /run/sshd }
    $server = Start-Process ((Get-Command sshd -ErrorAction Ignore).Source ?? '/usr/sbin/sshd') -ArgumentList '-D', '-f', "$folder/sshd_config", '-E', "$folder/log" -PassThru
    $limit = [DateTime]::UtcNow.AddSeconds(30)
    while ($true) {
        try { [Net.Sockets.TcpClient]::new('127.0.0.1', $port).Dispose(); break }
        catch { if ($server.HasExited -or [DateTime]::UtcNow -gt $limit) { throw "The sshd does not listen: $(Get-Content "$folder/log" -ErrorAction Ignore)" } }
        Start-Sleep -Milliseconds 20
    }
    $there = @{ HostName = '127.0.0.1'; Port = $port; UserName = (id -un); KeyFilePath = "$folder/id"; Options = @{ UserKnownHostsFile = "$folder/known_hosts"; StrictHostKeyChecking = 'yes' } }

    Import-Module (Join-Path (Split-Path $PSScriptRoot) 'output/OctoWorkers/OctoWorkers.psd1')
    Set-Content "$folder/ssh_config" "Host bench`n  HostName 127.0.0.1`n  Port $port`n  User $(id -un)`n  IdentityFile $folder/id`n  IdentitiesOnly yes`n  UserKnownHostsFile $folder/known_hosts"
    Set-Content "$folder/definitions.yaml" @"
environments:
  - name: Bench
pools:
  - name: Far
workers:
  - name: far
    connection: { powershell: { ssh: { host: bench, configFile: $folder/ssh_config }, maxSessions: $(2 * $Burst + 2) } }
    pool: Far
runbooks:
  - name: Own
    steps:
      - { name: one, powershell: '1', pool: Far }
  - name: Bash1
    steps:
      - { name: one, bash: 'true' }
  - name: Bash21
    steps:
$(1..21 | ForEach-Object { "      - { name: step $_, bash: 'true' }" } | Out-String)
  - name: Kept1
    variables: &kept
      - { name: OctoWorkers.PowerShell.KeepSession, value: 'True' }
    steps:
      - { name: one, powershell: '1', pool: Far }
  - name: Kept21
    variables: *kept
    steps:
$(1..21 | ForEach-Object { "      - { name: step $_, powershell: '1', pool: Far }" } | Out-String)
"@
    $null = Import-Runbook "$folder/definitions.yaml"
    $session = New-PSSession @there
    $shared = @(); $fresh = @(); $own = @(); $kept = @(); $keptFirst = @(); $bash = @()
    foreach ($turn in 0..$Repeat) {
        $one = @(1..10 | ForEach-Object { Measure-Once { Invoke-Command -Session $session { 1 } } })
        $two = Measure-Once { Invoke-Command @there { 1 } }
        if ($turn) { Wait-Rest }
        $three = @(1..$Burst | ForEach-Object { Measure-Once { Invoke-Runbook Own Bench } })
        Wait-Rest
        $four = Measure-Once { Invoke-Runbook Kept1 Bench }
        Wait-Rest
        $five = Measure-Once { Invoke-Runbook Kept21 Bench }
        Wait-Rest
        $six = Measure-Once { Invoke-Runbook Bash1 Bench }
        $seven = Measure-Once { Invoke-Runbook Bash21 Bench }
        if ($turn) { $shared += $one; $fresh += $two; $own += $three; $keptFirst += $four; $kept += ($five - $four) / 20; $bash += ($seven - $six) / 20 }
    }
    Wait-Rest

    $watch = [Diagnostics.Stopwatch]::StartNew()
    $count = 0
    while ($watch.Elapsed.TotalSeconds -lt $Seconds) { $null = Invoke-Runbook Own Bench; $count++ }
    $sustained = $watch.Elapsed.TotalMilliseconds / $count
    $base = Get-Figures $shared
    foreach ($row in
        @('Invoke-Command -Session, an open one', $base), @('Invoke-Command -HostName', (Get-Figures $fresh)), @('a step in a fresh session, in a burst', (Get-Figures $own)),
        @('a run of one step that keeps its session', (Get-Figures $keptFirst)), @('each further step in that session', (Get-Figures $kept)), @('each further step of a run, Bash here', (Get-Figures $bash)),
        @("a step in a fresh session, for $Seconds s", @($sustained, $sustained))) {
        [pscustomobject]@{
            What = $row[0]; Median = [Math]::Round($row[1][0], 1); Least = [Math]::Round($row[1][1], 1); 'x open session' = [Math]::Round($row[1][0] / $base[0], 2)
        }
    }
}
finally {
    if ($session) { Remove-PSSession $session }
    Remove-Module OctoWorkers -ErrorAction Ignore
    if ($server) { Stop-Process -Id $server.Id }
    Remove-Item -Recurse -Force $folder -ErrorAction Ignore
}
