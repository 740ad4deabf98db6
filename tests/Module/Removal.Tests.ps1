# The end of the module, of its store and of the session, in whatever order.

BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store removal; Initialize-Store }
AfterAll { Remove-Store }

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
