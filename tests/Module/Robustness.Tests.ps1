# What people do to a module without meaning harm.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../output/OctoWorkers')
    $combinations = foreach ($errors in 'Continue', 'SilentlyContinue', 'Ignore', 'Stop') {
        foreach ($whatIf in $true, $false) { foreach ($strict in $true, $false) { foreach ($verbose in $true, $false) {
            @{ Errors = $errors; WhatIf = $whatIf; Strict = $strict; Verbose = $verbose }
        } } }
    }
}

BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store robust; Initialize-Store }
AfterAll { Remove-Store }

Describe 'The pipeline' {
    It 'stops after the first of 1,000 inputs when the consumer has enough' {
        1..1000 | ForEach-Object { "Pool$_" } | New-WorkerPool | Select-Object -First 1 | ForEach-Object Name | Should -Be Pool1
        @(Get-WorkerPool Pool*).Count | Should -BeLessThan 3
    }

    It 'takes 1,000 inputs' {
        $made = 1..1000 | ForEach-Object { "Environment$_" } | New-WorkerEnvironment
        $made.Count | Should -Be 1000
        @(Get-WorkerEnvironment Environment*).Count | Should -Be 1000
    }

    It 'passes on what a later command throws' {
        { Get-Worker | ForEach-Object { throw 'downstream' } } | Should -Throw downstream
        (Get-Worker).Count | Should -Be 3
    }
}

Describe 'Preferences' {
    It 'hold for errors <Errors>, -WhatIf <WhatIf>, strict mode <Strict>, -Verbose <Verbose>' -ForEach $combinations {
        $null = New-WorkerPool Kept -ErrorAction SilentlyContinue
        $said = & {
            if ($Strict) { Set-StrictMode -Version Latest }
            $ErrorActionPreference = $Errors
            $WhatIfPreference = $WhatIf
            $VerbosePreference = if ($Verbose) { 'Continue' } else { 'SilentlyContinue' }
            try { Remove-WorkerPool Missing, Kept -Verbose:$Verbose } catch { "threw $($_.FullyQualifiedErrorId)" }
        } 2>&1 4>&1
        $WhatIfPreference = $false
        $isThere = [bool] (Get-WorkerPool Kep*)
        $errorsSeen = @($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        if ($WhatIf) {
            # Nothing is promised for what is not there.
            $isThere | Should -BeTrue
            $errorsSeen.Count | Should -Be ([int] ($Errors -eq 'Continue'))
            "$said" -like '*threw WorkerPoolNotFound,*' | Should -Be ($Errors -eq 'Stop')
        }
        elseif ($Errors -eq 'Stop') {
            "$said" | Should -BeLike '*threw WorkerPoolNotFound,*'
            $isThere | Should -BeTrue
        }
        else {
            $isThere | Should -BeFalse
            $errorsSeen.Count | Should -Be ([int] ($Errors -eq 'Continue'))
            if ($Verbose) { "$said" | Should -Match "Worker pool 'Kept'" }
        }
    }
}

Describe 'Without a person' {
    It 'never prompts for <Line>' -ForEach @(
        @{ Line = 'Invoke-Runbook'; Code = 1 }
        @{ Line = 'Invoke-Runbook Greet'; Code = 1 }
        @{ Line = 'Remove-Worker worker9'; Code = 1 }
        @{ Line = 'Remove-WorkerPool Setup -Confirm'; Code = 1 }
        @{ Line = 'Get-RunbookPlan Greet Development'; Code = 0 }
    ) {
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; `$ErrorActionPreference = 'Stop'; $Line"
        $run.ExitCode | Should -Be $Code
        @(Get-WorkerPool Setup).Count | Should -Be 1
    }

    It 'writes errors to standard error and objects to standard output' {
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; Get-WorkerPool Setup, Nowhere | ForEach-Object Name"
        $run.Output.Trim() | Should -Be Setup
        $run.Error | Should -Match "no worker pool named 'Nowhere'"
    }

    It 'ends quietly when its reader has gone' {
        $text = bash -c "'$((Get-Process -Id $PID).Path)' -NoProfile -NonInteractive -Command `"Import-Module '$ModuleManifest'; Get-WorkerEnvironment`" | head -n 3; echo `${PIPESTATUS[1]}"
        $text[-1] | Should -Be 0
    }
}

Describe 'The store' {
    It 'is begun anew when it was removed while in use' {
        Use-Store removed
        $null = New-WorkerPool Before
        Remove-Item -Recurse -Force $env:OCTOWORKERS_HOME
        (Get-WorkerPool).Name | Should -Be 'Default Worker Pool'
        (New-WorkerPool After).Name | Should -Be After
    }

    It 'may be removed while a run goes on, which ends well all the same' {
        Use-Store removed-under-a-run
        Initialize-Store
        $gate = Join-Path $TestDrive gate
        $null = New-Runbook Gated {
            New-RunbookStep One -Bash "echo begun; until [ -e '$gate' ]; do sleep 0.05; done" -Pool Setup
            New-RunbookStep Two -Bash 'echo two' -Pool Setup
        }
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModuleManifest'; Invoke-Runbook Gated Development")
            $under = $shell.BeginInvoke()
            try {
                Wait-Until { "$($shell.Streams.Information)" -match 'begun' }
                Remove-Item -Recurse -Force $env:OCTOWORKERS_HOME
            }
            finally { $null = New-Item $gate }
            Wait-Until { $under.IsCompleted }
            $shell.EndInvoke($under)[0].Run.Status | Should -Be Success
            (Get-WorkerPool).Name | Should -Be 'Default Worker Pool'
        }
        finally { $shell.Dispose() }
    }

    It 'says StoreUnavailable where it cannot be' {
        $before = $env:OCTOWORKERS_HOME
        $env:OCTOWORKERS_HOME = '/dev/null/nothing'
        try { { Get-WorkerPool -ErrorAction Stop } | Should -Throw -ErrorId 'Store*' }
        finally { $env:OCTOWORKERS_HOME = $before }
    }

    It 'is changed with $env:OCTOWORKERS_HOME, at once' {
        Use-Store first
        $null = New-WorkerPool OnlyInFirst
        Use-Store second
        Get-WorkerPool OnlyIn* | Should -BeNullOrEmpty
        Use-Store first
        (Get-WorkerPool OnlyIn*).Name | Should -Be OnlyInFirst
    }

    It 'is shared by two sessions' {
        Use-Store shared
        $other = Invoke-Pwsh "Import-Module '$ModuleManifest'; New-WorkerPool Theirs | Out-Null; 1..20 | ForEach-Object { New-WorkerEnvironment `"Their`$_`" } | Out-Null"
        $other.Error | Should -BeNullOrEmpty
        Get-WorkerPool Theirs | Should -Not -BeNullOrEmpty
        $jobs = 1..2 | ForEach-Object {
            Start-Job { param($module, $store, $name) $env:OCTOWORKERS_HOME = $store; Import-Module $module; 1..50 | ForEach-Object { New-WorkerPool "$name$_" } | Out-Null } -ArgumentList $ModuleManifest, $env:OCTOWORKERS_HOME, "S$_-"
        }
        $jobs | Wait-Job -Timeout 120 | Receive-Job -ErrorAction Stop
        $jobs | Remove-Job -Force
        @(Get-WorkerPool S*).Count | Should -Be 100
    }

    It 'is shared with the command octoworkers' {
        $command = Get-OctoWorkersCommand
        if (-not $command) { Set-ItResult -Skipped -Because 'the command is not built: dotnet build the solution' ; return }
        Use-Store shared
        $null = dotnet $command environment add FromCommand --home $env:OCTOWORKERS_HOME
        (Get-WorkerEnvironment FromC*).Name | Should -Be FromCommand
        $null = New-WorkerEnvironment FromModule
        dotnet $command environment list --home $env:OCTOWORKERS_HOME | Out-String | Should -Match FromModule
    }
}

Describe 'Remove-Module' {
    # In processes of their own: here other runspaces have the module, too.
    It 'leaves no open file of the store, and the module can be imported again' {
        Use-Store reimport
        $run = Invoke-Pwsh @"
            Import-Module '$ModuleManifest'
            `$null = New-WorkerPool Kept
            Remove-Module OctoWorkers
            Get-ChildItem /proc/`$PID/fd | ForEach-Object { `$_.ResolvedTarget ?? `$_.Target } | Where-Object { `$_ -like "`$(`$env:OCTOWORKERS_HOME)*" }
            Get-Command Get-WorkerPool -ErrorAction SilentlyContinue
            Import-Module '$ModuleManifest'
            (Get-WorkerPool Kept).Name
"@
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() | Should -Be Kept
    }

    It 'cancels what jobs run, and they end as stopped' {
        Use-Store jobs
        Initialize-Store
        $run = Invoke-Pwsh @"
            Import-Module '$ModuleManifest'
            `$job = Invoke-Runbook Slow Development -AsJob
            while (-not `$job.Run -or (Get-RunbookRun `$job.Run).Steps[0].Status -ne 'Running') { Start-Sleep -Milliseconds 50 }
            Remove-Module OctoWorkers
            `$job.State
            `$job | Receive-Job 6>`$null
            Import-Module '$ModuleManifest'
            (Get-RunbookRun).Status
            @(Get-WorkerLease).Count
"@
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split "`n" | Should -Be Stopped, Canceled, 0
    }

    It 'can be done ten times' {
        Use-Store reimport
        $run = Invoke-Pwsh @"
            1..10 | ForEach-Object { Import-Module '$ModuleManifest'; `$null = Get-WorkerPool; Remove-Module OctoWorkers }
            @([System.Runtime.Loader.AssemblyLoadContext]::All.Where{ `$_.Name -eq 'OctoWorkers' }).Count
"@
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() | Should -Be 1
    }

    It 'need not be done in a runspace that is disposed: the last one closes the store' {
        Use-Store disposed
        $run = Invoke-Pwsh @"
            function Test-Open { [bool] (Get-ChildItem /proc/`$PID/fd | ForEach-Object { `$_.ResolvedTarget ?? `$_.Target } | Where-Object { `$_ -like "`$(`$env:OCTOWORKERS_HOME)*" }) }
            `$two = 1..2 | ForEach-Object {
                `$shell = [powershell]::Create([runspacefactory]::CreateRunspace())
                `$shell.Runspace.Open()
                `$null = `$shell.AddScript("Import-Module '$ModuleManifest'; Get-WorkerPool").Invoke()
                `$shell
            }
            Test-Open
            `$two[0].Runspace.Dispose(); Test-Open
            `$two[1].Runspace.Dispose(); Test-Open
            Import-Module '$ModuleManifest'; (Get-WorkerPool).Name
            Remove-Module OctoWorkers; Test-Open
"@
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split '\n' | Should -Be True, True, False, 'Default Worker Pool', False
    }

    It 'need not be done before ForEach-Object -Parallel ends' {
        Use-Store parallel
        $run = Invoke-Pwsh @"
            1..4 | ForEach-Object -Parallel { Import-Module '$ModuleManifest'; (New-WorkerPool "P`$_").Name } | Sort-Object
            `$watch = [Diagnostics.Stopwatch]::StartNew()
            do { `$open = Get-ChildItem /proc/`$PID/fd | ForEach-Object { `$_.ResolvedTarget ?? `$_.Target } | Where-Object { `$_ -like "`$(`$env:OCTOWORKERS_HOME)*" } } while (`$open -and `$watch.Elapsed.TotalSeconds -lt 30)
            [bool] `$open
"@
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split '\n' | Should -Be P1, P2, P3, P4, False
    }

    It 'ends what a job runs on a store that was removed, as soon as that is seen' {
        Use-Store gone
        Initialize-Store
        $run = Invoke-Pwsh @"
            Import-Module '$ModuleManifest'
            `$null = New-Runbook Long { New-RunbookStep Sleep -Bash "echo ```$```$ > '`$env:OCTOWORKERS_HOME.pid'; exec sleep 300" -Pool Setup }
            `$job = Invoke-Runbook Long Development -AsJob
            while (-not (Test-Path "`$env:OCTOWORKERS_HOME.pid")) { Start-Sleep -Milliseconds 50 }
            Remove-Item -Recurse -Force `$env:OCTOWORKERS_HOME
            (Get-WorkerPool).Name
            `$job.State
            Get-Process -Id (Get-Content "`$env:OCTOWORKERS_HOME.pid") -ErrorAction Ignore | ForEach-Object ProcessName
"@
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split "`n" | Should -Be 'Default Worker Pool', Stopped
    }

    It 'closes a store that was removed, and the session ends well' {
        Use-Store removed2
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; `$null = New-WorkerPool A; Remove-Item -Recurse `$env:OCTOWORKERS_HOME; Remove-Module OctoWorkers; 'closed'"
        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
        $run.Output.Trim() | Should -Be closed
    }

    It 'need not be done before the session ends, also where the store was removed' {
        Use-Store removed3
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; `$null = New-WorkerPool A; Remove-Item -Recurse `$env:OCTOWORKERS_HOME"
        $run.Error | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }
}
