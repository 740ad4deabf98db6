# What about_Scheduled_Runbooks tells people to copy does what it says: as it stands, but for the path of pwsh and the folder of the store.

BeforeDiscovery {
    $hasSystemd = [bool] (Get-Command systemd-analyze -CommandType Application -ErrorAction Ignore)
    $hasFlock = [bool] (Get-Command flock -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store scheduled
    $page = Get-Content (Join-Path (Split-Path $ModuleManifest) en-US/about_Scheduled_Runbooks.help.txt)
    $shell = (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source

    function Get-Block([string] $After) {
        # The lines of eight spaces or more that follow the one that matches.
        $begin = [Array]::FindIndex($page, [Predicate[string]] { param($line) $line -match $After })
        if ($begin -lt 0) { throw "The page has no line that matches '$After'." }
        $lines = [Collections.Generic.List[string]]::new()
        foreach ($line in $page[($begin + 1)..($page.Count - 1)]) {
            if (-not $line -or $line -match '^ {8}') { $lines.Add($line -replace '^ {8}') }
            elseif ($lines -match '\S') { break }
        }
        ($lines -join "`n").Trim("`n").Replace('/usr/bin/pwsh', $shell) + "`n"
    }

    function Invoke-Bare([string] $File, [string[]] $Arguments, [hashtable] $Variables) {
        # As a scheduler starts it: a short environment, the root folder, nobody to ask.
        $start = [Diagnostics.ProcessStartInfo]::new($File)
        $Arguments | ForEach-Object { $start.ArgumentList.Add($_) }
        $start.Environment.Clear()
        foreach ($name in $Variables.Keys) { $start.Environment[$name] = $Variables[$name] }
        $start.WorkingDirectory = '/'
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEndAsync()
        $problems = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(120000)) { $process.Kill($true); throw "It did not end within two minutes: $File $Arguments" }
        [pscustomobject]@{ Output = $output.Result; Error = $problems.Result; ExitCode = $process.ExitCode }
    }

    function New-User([string] $Name, [string] $Script) {
        # A home folder with the module installed in it, and a store where the runbook Backup runs that script.
        $folder = New-Item -ItemType Directory -Force (Join-Path $StoreRoot "user-$Name")
        $modules = New-Item -ItemType Directory -Force (Join-Path $folder .local/share/powershell/Modules)
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $modules OctoWorkers) -Target (Split-Path $ModuleManifest)
        $env:OCTOWORKERS_HOME = Join-Path $folder .local/share/octoworkers
        $null = New-Item -ItemType Directory -Force $env:OCTOWORKERS_HOME
        $null = New-WorkerEnvironment Production
        $null = New-Runbook Backup { New-RunbookStep Dump -Bash $Script }
        [string] $folder
    }

    $good = New-User good 'echo "dumped to $(uname -s)"'
    $bad = New-User bad 'echo "the disk is full"; exit 9'
    $slow = New-User slow 'echo begun; sleep 300'
    $variables = @{ PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'; POWERSHELL_TELEMETRY_OPTOUT = '1' }
}
AfterAll { Remove-Store }

Describe 'The units of systemd' {
    BeforeAll {
        $units = New-Item -ItemType Directory (Join-Path $TestDrive units)
        foreach ($kind in 'service', 'timer') {
            [IO.File]::WriteAllText((Join-Path $units "octoworkers-backup.$kind"), (Get-Block "^ {4}/etc/systemd/system/octoworkers-backup\.$kind$"))
        }
        $service = Get-Content (Join-Path $units octoworkers-backup.service)
        $line = ($service -match '^ExecStart=') -replace '^ExecStart='
        # Double quotes group words there, as they do here.
        $words = @([regex]::Matches($line, '"([^"]*)"|\S+') | ForEach-Object { $_.Groups[1].Success ? $_.Groups[1].Value : $_.Value })
        function Invoke-Service([string] $Folder) {
            $given = $variables.Clone()
            foreach ($pair in -split (($service -match '^Environment=') -replace '^Environment=')) {
                $name, $value = $pair -split '=', 2
                $given[$name] = $value.Replace('/var/lib/octoworkers', (Join-Path $Folder .local/share/octoworkers))
            }
            # A unit with User= has that user's HOME.
            $given['HOME'] = $Folder
            Invoke-Bare $words[0] $words[1..($words.Count - 1)] $given
        }
    }

    It 'are accepted by systemd' -Skip:(-not $hasSystemd) {
        $said = & systemd-analyze verify (Join-Path $units octoworkers-backup.service) (Join-Path $units octoworkers-backup.timer) 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        "$said" | Should -BeNullOrEmpty
    }

    It 'begin when they say' -Skip:(-not $hasSystemd) {
        $when = ((Get-Content (Join-Path $units octoworkers-backup.timer)) -match '^OnCalendar=') -replace '^OnCalendar='
        & systemd-analyze calendar $when | Out-String | Should -Match 'Next elapse: .* 02:30:00'
    }

    It 'run the runbook and end with 0, with the log in the output and no colours' {
        $run = Invoke-Service $good
        $run.ExitCode | Should -Be 0 -Because $run.Error
        $run.Output | Should -Match '\[Dump\] dumped to Linux'
        $run.Output | Should -Match 'Success after'
        $run.Output + $run.Error | Should -Not -Match "`e"
    }

    It 'end with 1 when the run fails, and say why' {
        $run = Invoke-Service $bad
        $run.ExitCode | Should -Be 1
        $run.Output | Should -Match 'the disk is full'
        $run.Error | Should -Match 'RunbookRuns-\d+'
    }

    It 'end with 1 when the module is not there' {
        $nobody = New-Item -ItemType Directory -Force (Join-Path $StoreRoot nobody)
        (Invoke-Service $nobody).ExitCode | Should -Be 1
    }

    It 'leave the run to the next command when they are stopped' {
        $env:OCTOWORKERS_HOME = Join-Path $slow .local/share/octoworkers
        $process = Start-Process -PassThru -FilePath $words[0] -ArgumentList ($words[1..($words.Count - 2)] + "`"$($words[-1])`"") -Environment @{ HOME = $slow } `
            -RedirectStandardOutput (Join-Path $TestDrive out) -RedirectStandardError (Join-Path $TestDrive err) -RedirectStandardInput /dev/null
        Wait-Until { Get-RunbookRun -Runbook Backup -Status Executing }
        Stop-Process -Id $process.Id -Force
        $process.WaitForExit(60000) | Should -BeTrue
        Get-RunbookRun -Runbook Backup -Status Executing | Stop-RunbookRun | Out-Null
        Wait-Until { -not (Get-RunbookRun -Runbook Backup -Status Executing, Cancelling) }
        (Get-RunbookRun -Runbook Backup)[0].Status | Should -Be Canceled
    }
}

Describe 'The line of the crontab' -Skip:(-not $hasFlock) {
    BeforeAll {
        $lines = (Get-Block '^ {4}writes its colours into the log').TrimEnd() -split "`n"
        $settings = $lines[0..($lines.Count - 2)]
        $fields = $lines[-1] -split '\s+', 6
        function Invoke-Cron([string] $Folder) {
            $given = @{ HOME = $Folder; LOGNAME = 'deploy'; SHELL = '/bin/sh'; PATH = '/usr/bin:/bin'; POWERSHELL_TELEMETRY_OPTOUT = '1' }
            foreach ($setting in $settings) { $name, $value = $setting -split '=', 2; $given[$name] = $value }
            # A bare percent sign would be the end of the line for cron.
            $fields[5] | Should -Not -Match '(?<!\\)%'
            $done = Invoke-Bare /bin/sh '-c', $fields[5].Replace('\%', '%') $given
            $done | Add-Member -PassThru Log ([string] (Get-Content -Raw (Join-Path $Folder backup.log)))
        }
    }

    It 'begins at half past two' {
        $fields[0..4] | Should -Be 30, 2, '*', '*', '*'
        $settings | Should -Be NO_COLOR=1
    }

    It 'runs the runbook and keeps its log, without colours, and mails nothing' {
        $run = Invoke-Cron $good
        $run.ExitCode | Should -Be 0 -Because $run.Log
        $run.Log | Should -Match '\[Dump\] dumped to Linux'
        $run.Log | Should -Not -Match "`e"
        $run.Log | Should -Not -Match 'Backup ended with'
        $run.Output + $run.Error | Should -BeNullOrEmpty
    }

    It 'says in the log how a run that failed has ended' {
        $run = Invoke-Cron $bad
        $run.Log | Should -Match 'the disk is full'
        $run.Log | Should -Match 'Backup ended with 1'
        $run.Output + $run.Error | Should -BeNullOrEmpty
    }

    It 'does not run a second time while it runs' {
        $env:OCTOWORKERS_HOME = Join-Path $good .local/share/octoworkers
        $before = @(Get-RunbookRun).Count
        $start = [Diagnostics.ProcessStartInfo]::new('flock', [string[]] ((Join-Path $good .backup.lock), 'sh', '-c', 'echo held; read line'))
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
        $holder = [Diagnostics.Process]::Start($start)
        try {
            $holder.StandardOutput.ReadLine() | Should -Be held
            (Invoke-Cron $good).Log | Should -Match 'Backup ended with 1'
            @(Get-RunbookRun).Count | Should -Be $before
        }
        finally {
            $holder.StandardInput.Close()
            if (-not $holder.WaitForExit(60000)) { $holder.Kill($true) }
        }
    }
}

Describe 'The script of the page' {
    BeforeAll {
        $script = Join-Path $TestDrive backup.ps1
        [IO.File]::WriteAllText($script, (Get-Block '^ {4}the command. To tell more apart'))
    }

    It 'ends with <Code> for a run that <What>' -ForEach @(
        @{ What = 'succeeded'; Code = 0 }
        @{ What = 'failed'; Code = 1 }
        @{ What = 'could not be started'; Code = 1 }
        @{ What = 'was canceled'; Code = 3 }
    ) {
        $folder = @{ succeeded = $good; failed = $bad; 'was canceled' = $slow; 'could not be started' = Join-Path $StoreRoot user-empty }[$What]
        if ($What -eq 'could not be started') {
            $null = New-User empty 'true'
            Remove-Runbook Backup -Confirm:$false
        }

        $env:OCTOWORKERS_HOME = Join-Path $folder .local/share/octoworkers
        $process = Start-Process -PassThru -FilePath $shell -ArgumentList '-NoProfile', '-NonInteractive', '-File', $script -Environment @{ HOME = $folder } `
            -RedirectStandardOutput (Join-Path $TestDrive out) -RedirectStandardError (Join-Path $TestDrive err) -RedirectStandardInput /dev/null
        # Asked for before it has ended, the code can be had afterwards.
        $null = $process.Handle
        try {
            if ($Code -eq 3) {
                Wait-Until { Get-RunbookRun -Runbook Backup -Status Executing }
                Get-RunbookRun -Runbook Backup -Status Executing | Stop-RunbookRun | Out-Null
            }

            $process.WaitForExit(180000) | Should -BeTrue
            $process.ExitCode | Should -Be $Code
        }
        finally {
            if (-not $process.HasExited) { $process.Kill($true) }
        }
    }
}
