#Requires -Version 7.6
<#
.SYNOPSIS
Measures steps in PowerShell sessions over ssh, beside PowerShell's own commands, in turns in one run.
.DESCRIPTION
It starts an sshd of its own on the loopback address and ends it. Build the solution first. A trivial step is a whole run: planned, stored, its log kept. In a burst as many come as sessions
are warm; then the machine rests until they are warm again. Sustained means one after another for half a minute.
.EXAMPLE
pwsh -NoProfile -File bench/runspaces.ps1
#>
[CmdletBinding()]
param(
    # How many bursts are measured.
    [ValidateRange(1, 100)]
    [int] $Repeat = 5,
    # How many steps make a burst.
    [ValidateRange(1, 8)]
    [int] $Burst = 4,
    # How long the sustained case runs, in seconds.
    [ValidateRange(1, 600)]
    [int] $Seconds = 30
)

$ErrorActionPreference = 'Stop'
$InformationPreference = 'Ignore'
$ProgressPreference = 'SilentlyContinue'
$folder = Join-Path ([IO.Path]::GetTempPath()) "octoworkers-runspaces-$PID"
$env:OCTOWORKERS_HOME = Join-Path $folder home
$server = $null
$session = $null

function Get-Median([double[]] $values) { ($values | Sort-Object)[[int][Math]::Floor($values.Count / 2)] }

# The machine rests: no session has been opened or closed for two seconds.
function Wait-Rest {
    $limit = [DateTime]::UtcNow.AddSeconds(30)
    for ($last = '', 0; [DateTime]::UtcNow -lt $limit; Start-Sleep -Milliseconds 100) {
        $now = (Get-Process pwsh, ssh -ErrorAction Ignore | Sort-Object Id).Id -join ' '
        if ($now -ne $last[0]) { $last = $now, [DateTime]::UtcNow } elseif ([DateTime]::UtcNow - $last[1] -gt [TimeSpan]::FromSeconds(2)) { return }
    }
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
Subsystem powershell $((Get-Process -Id $PID).Path) -sshs -NoLogo -NoProfile
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
  - name: Kept
    variables:
      - { name: OctoWorkers.PowerShell.KeepSession, value: 'True' }
    steps:
$(1..20 | ForEach-Object { "      - { name: step $_, powershell: '1', pool: Far }" } | Out-String)
"@
    $null = Import-Runbook "$folder/definitions.yaml"
    $session = New-PSSession @there
    $shared = @(); $fresh = @(); $own = @(); $kept = @()
    foreach ($turn in 0..$Repeat) {
        $one = @(1..10 | ForEach-Object { Measure-Once { Invoke-Command -Session $session { 1 } } })
        $two = Measure-Once { Invoke-Command @there { 1 } }
        $three = @(1..$Burst | ForEach-Object { Measure-Once { Invoke-Runbook Own Bench } })
        Wait-Rest
        $four = Measure-Once { Invoke-Runbook Kept Bench }
        if ($turn) { $shared += $one; $fresh += $two; $own += $three; $kept += $four / 20 }
        Wait-Rest
    }

    $watch = [Diagnostics.Stopwatch]::StartNew()
    $count = 0
    while ($watch.Elapsed.TotalSeconds -lt $Seconds) { $null = Invoke-Runbook Own Bench; $count++ }
    $sustained = $watch.Elapsed.TotalMilliseconds / $count
    $base = Get-Median $shared
    foreach ($row in
        @('Invoke-Command -Session, an open one', $base), @('Invoke-Command -HostName', (Get-Median $fresh)), @('a step in a fresh session, in a burst', (Get-Median $own)),
        @('a step in the session that its run keeps', (Get-Median $kept)), @("a step in a fresh session, for $Seconds s", $sustained)) {
        [pscustomobject]@{ What = $row[0]; Milliseconds = [Math]::Round($row[1], 1); 'x open session' = [Math]::Round($row[1] / $base, 2) }
    }
}
finally {
    if ($session) { Remove-PSSession $session }
    Remove-Module OctoWorkers -ErrorAction Ignore
    if ($server) { Stop-Process -Id $server.Id }
    Remove-Item -Recurse -Force $folder -ErrorAction Ignore
}
