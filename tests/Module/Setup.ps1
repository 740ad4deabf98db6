# What every file of these tests begins with: the module as it was built, and stores of the file's own.

Import-Module (Join-Path $PSScriptRoot '../../output/OctoWorkers') -ErrorAction Stop
$ModuleManifest = (Get-Module OctoWorkers).Path -replace '[^/\\]+$', 'OctoWorkers.psd1'
$ProgressPreference = 'SilentlyContinue'

# Not TestDrive: after each block Pester removes there what the block made, also the lock files of a background driver that lives on.
$StoreRoot = Join-Path ([IO.Path]::GetTempPath()) "octoworkers-module-tests-$PID"

# Workers that are this machine keep packages in the user's state folder: not in these tests.
$env:XDG_STATE_HOME = Join-Path $StoreRoot state

function Use-Store([string] $Name) {
    # A store of that name, empty when it is new.
    $env:OCTOWORKERS_HOME = Join-Path $StoreRoot $Name
    $null = New-Item -ItemType Directory -Force $env:OCTOWORKERS_HOME
}

function Initialize-Store {
    # An environment, a pool of three workers that are all this machine, and runbooks that succeed, fail and take long.
    $null = New-WorkerEnvironment Development
    $null = New-WorkerPool Setup
    $null = New-WorkerPool Linux
    $null = 'worker1', 'worker2', 'worker3' | Add-Worker -Local -Pool Setup
    $null = New-Runbook Greet { New-RunbookStep Greet -Bash 'echo "hello from $(uname -s)"' -Pool Setup } -Description 'Says hello'
    $null = New-Runbook Deploy {
        New-RunbookStep Fetch -Bash 'echo fetched' -Pool Setup
        New-RunbookStep Install -Bash 'echo careful >&2; echo installed' -Pool Setup
    }
    $null = New-Runbook Broken { New-RunbookStep Break -Bash 'echo about to fail; exit 3' -Pool Setup }
    $null = New-Runbook Slow { New-RunbookStep Sleep -Bash 'echo started; sleep 300' -Pool Setup }
}

function Wait-Until([scriptblock] $Condition, [int] $Seconds = 120) {
    # Waits for a condition; fails when it does not come true.
    $limit = [DateTime]::UtcNow.AddSeconds($Seconds)
    while (-not (& $Condition)) {
        if ([DateTime]::UtcNow -gt $limit) { throw "After $Seconds seconds this is still not so: $Condition" }
        Start-Sleep -Milliseconds 50
    }
}

function Invoke-Pwsh([string] $Script, [int] $Seconds = 300) {
    # A PowerShell of its own, without a person; it is killed when it seems to wait for one.
    $start = [Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path, [string[]] ('-NoProfile', '-NonInteractive', '-Command', $Script))
    $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $output = $process.StandardOutput.ReadToEndAsync()
    $problems = $process.StandardError.ReadToEndAsync()
    if (-not $process.WaitForExit($Seconds * 1000)) {
        $process.Kill($true)
        throw "It did not end within $Seconds seconds: $Script"
    }
    [pscustomobject]@{ Output = $output.Result; Error = $problems.Result; ExitCode = $process.ExitCode }
}

function Get-Sshd {
    # The program of the ssh server; nothing when there is none.
    (Get-Command sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source ?? ('/usr/sbin/sshd' | Where-Object { Test-Path $_ })
}

function Start-Sshd([string[]] $Subsystem = '') {
    # Ssh servers of the file's own on the loopback address, one for each subsystem that serves PowerShell sessions ('': none); Remove-Store ends them.
    $folder = (New-Item -ItemType Directory -Force (Join-Path $StoreRoot "sshd-$([guid]::NewGuid().ToString('n').Substring(0, 8))")).FullName
    'host', 'id' | ForEach-Object { ssh-keygen -q -t ed25519 -N '' -f "$folder/$_" }
    Copy-Item "$folder/id.pub" "$folder/authorized_keys"
    Set-Content "$folder/ssh_config" "Host *`n  UserKnownHostsFile $folder/known_hosts`n  IdentitiesOnly yes"
    if ((id -u) -eq 0) { $null = New-Item -ItemType Directory -Force /run/sshd }
    foreach ($name in $Subsystem) {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $served = if ($name) { "`nSubsystem $name $((Get-Process -Id $PID).Path) -sshs -NoLogo -NoProfile" }
        Set-Content "$folder/$port" "ListenAddress 127.0.0.1`nPort $port`nHostKey $folder/host`nAuthorizedKeysFile $folder/authorized_keys`nPidFile none`nStrictModes no`nUsePAM no`nMaxStartups 100$served"
        $arguments = '-D', '-f', "$folder/$port", '-E', "$folder/$port.log"
        $process = Start-Process (Get-Sshd) -ArgumentList $arguments -PassThru
        Wait-Until { try { [Net.Sockets.TcpClient]::new('127.0.0.1', $port).Dispose(); $true } catch { $false } }
        [pscustomobject]@{
            # To end it, and to start it again.
            Process = $process; Arguments = $arguments
            # What Add-Worker and Add-DeploymentTarget take.
            Connection = @{
                HostName = '127.0.0.1'; Port = $port; UserName = id -un; KeyFilePath = "$folder/id"; ConfigurationFile = "$folder/ssh_config"; HostKeyPolicy = 'AcceptNew'
            }
        }
    }
}

function Get-StartedProcess {
    # What this file started, and what that started: the folder of its stores is in their command lines or in what they got from here, the state folder.
    foreach ($process in Get-Process | Where-Object Id -NE $PID) {
        $known = [string] $process.CommandLine
        # It may have ended by now, or be another user's.
        try { $known += [IO.File]::ReadAllText("/proc/$($process.Id)/environ") } catch [IO.IOException], [UnauthorizedAccessException] { }
        if ($known.Contains("$StoreRoot/")) { $process }
    }
}

function Remove-Store {
    # Everything of this file: its stores, their background drivers, which would stay for a minute, what workers still run, and ssh servers.
    Remove-Module OctoWorkers -ErrorAction Ignore
    # What is ended may have started something just now. What has ended and is not reaped yet has no surroundings any more, and is not found.
    foreach ($time in 1..300) {
        $left = @(Get-StartedProcess)
        if (-not $left) { break }
        $left | ForEach-Object { Stop-Process -Id $_.Id -Force -ErrorAction Ignore }
        Start-Sleep -Milliseconds 100
    }

    Remove-Item $StoreRoot -Recurse -Force -ErrorAction Ignore
}

function Get-OctoWorkersCommand {
    # The command of the same build; nothing when only the module was built.
    Join-Path $PSScriptRoot '../../src/OctoWorkers.Cli/bin/Release/net10.0/octoworkers.dll' | Where-Object { Test-Path $_ }
}
