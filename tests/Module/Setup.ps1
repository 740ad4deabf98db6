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

function Remove-Store {
    # This file's stores, and background drivers of them: they would stay for a minute.
    Get-Process | Where-Object { $_.Id -ne $PID -and ([string] $_.CommandLine).Contains($StoreRoot) } |
        ForEach-Object { Stop-Process -Id $_.Id -Force -ErrorAction Ignore; $_.WaitForExit(5000) | Out-Null }
    Remove-Item $StoreRoot -Recurse -Force -ErrorAction Ignore
}

function Get-OctoWorkersCommand {
    # The command of the same build; nothing when only the module was built.
    Join-Path $PSScriptRoot '../../src/OctoWorkers.Cli/bin/Release/net10.0/octoworkers.dll' | Where-Object { Test-Path $_ }
}
