BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store invoke; Initialize-Store }
AfterAll { Remove-Store }

Describe 'Invoke-Runbook' {
    It 'gives the run as an object, and its log on the information stream' {
        $run = Invoke-Runbook Greet Development -InformationVariable log 6>$null
        $run.Status | Should -Be Success
        $run.Runbook | Should -Be Greet
        "$log" | Should -Match 'hello from'
        $log[-1].Tags | Should -Contain OctoWorkers
    }

    It 'draws the workers in turn' {
        $runs = 1..3 | ForEach-Object { Invoke-Runbook Deploy Development 6>$null }
        $runs | ForEach-Object { $_.Steps[0].WorkerName } | Should -Be worker1, worker2, worker3
    }

    It 'fails with a non-terminating error whose target is the run' {
        $run = Invoke-Runbook Broken Development -ErrorVariable problem -ErrorAction SilentlyContinue 6>$null
        $? | Should -BeFalse
        $run.Status | Should -Be Failed
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RunFailed,*'
        $problem[0].TargetObject.Id | Should -Be $run.Id
        $problem[0].CategoryInfo.TargetName | Should -Be "$($run.Id)"
    }

    It 'gives the error that kept a run from being planned' {
        $null = New-WorkerPool Empty
        $null = New-Runbook Unplannable { New-RunbookStep A -Bash x -Pool Empty }
        $run = Invoke-Runbook Unplannable Development -ErrorVariable problem -ErrorAction SilentlyContinue 6>$null
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'NoEligibleWorker,*'
        $problem[0].CategoryInfo.Category | Should -Be ResourceUnavailable
        $problem[0].TargetObject.Id | Should -Be $run.Id
    }

    It 'ends the script with -ErrorAction Stop' {
        { Invoke-Runbook Broken Development -ErrorAction Stop 6>$null } | Should -Throw -ErrorId 'RunFailed,*'
    }

    It 'gives pwsh -Command the exit code <Code> for <Runbook>' -ForEach @{ Runbook = 'Greet'; Code = 0 }, @{ Runbook = 'Broken'; Code = 1 } {
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; Invoke-Runbook $Runbook Development -ErrorAction Stop"
        $run.ExitCode | Should -Be $Code
    }

    It 'does not take a line on standard error for an error' {
        $run = Invoke-Runbook Deploy Development -ErrorAction Stop -InformationVariable log 6>$null
        $run.Status | Should -Be Success
        "$log" | Should -Match careful
    }

    It 'runs nothing with -WhatIf' {
        $before = @(Get-RunbookRun).Count
        $plan = Invoke-Runbook Greet Development -WhatIf
        $plan | Should -BeOfType OctoWorkers.PlannedRun
        $plan.Plan.Steps[0].WorkerName | Should -BeLike worker*
        @(Get-RunbookRun).Count | Should -Be $before
    }

    It 'goes on with the next after one that is not there' {
        $runs = Invoke-Runbook Nothing, Greet Development -ErrorVariable problem -ErrorAction SilentlyContinue 6>$null
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RunbookNotFound,*'
        $runs.Runbook | Should -Be Greet
    }

    It 'leaves out a step' {
        $run = Invoke-Runbook Deploy Development -SkipStep Fetch 6>$null
        $run.Steps.Status | Should -Be Skipped, Succeeded
    }

    It 'cancels the run when what follows has had enough' {
        'Greet', 'Slow' | Invoke-Runbook -Environment Development 6>$null | Select-Object -First 1 | Out-Null
        Get-RunbookRun -Status Queued, Executing, Cancelling | Should -BeNullOrEmpty
    }

    It 'works in a host without a user interface' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModuleManifest'; Invoke-Runbook Greet Development")
            $run = $shell.Invoke()
            $run[0].Run.Status | Should -Be Success
            $shell.Streams.Error.Count | Should -Be 0
            "$($shell.Streams.Information)" | Should -Match 'hello from'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'cancels the run when its shell is stopped' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModuleManifest'; Invoke-Runbook Slow Development")
            $under = $shell.BeginInvoke()
            Wait-Until { Get-RunbookRun -Runbook Slow -Status Executing }
            $shell.Stop()
            $under.IsCompleted | Should -BeTrue
            (Get-RunbookRun -Runbook Slow | Select-Object -First 1).Status | Should -Be Canceled
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Invoke-Runbook -AsJob' {
    It 'gives a job that can be waited for and received' {
        $job = Invoke-Runbook Greet Development -AsJob
        $job | Should -BeOfType System.Management.Automation.Job
        (Wait-Job $job -Timeout 60).State | Should -Be Completed
        $run = Receive-Job $job 6>$null
        $run.Status | Should -Be Success
        Remove-Job $job
        Get-Job | Should -BeNullOrEmpty
    }

    It 'fails as its run does' {
        $job = Invoke-Runbook Broken Development -AsJob
        (Wait-Job $job -Timeout 60).State | Should -Be Failed
        { Receive-Job $job -ErrorAction Stop 6>$null } | Should -Throw
        Remove-Job $job
    }

    It 'cancels its run when it is stopped' {
        $job = Invoke-Runbook Slow Development -AsJob
        Wait-Until { $job.Run -and (Get-RunbookRun $job.Run).Status -eq 'Executing' }
        Stop-Job $job
        $job.State | Should -Be Stopped
        (Get-RunbookRun $job.Run).Status | Should -Be Canceled
        Remove-Job $job
    }

    It 'cancels its run when it is removed while it runs' {
        $job = Invoke-Runbook Slow Development -AsJob
        Wait-Until { $job.Run -and (Get-RunbookRun $job.Run).Status -eq 'Executing' }
        $run = $job.Run
        Remove-Job $job -Force
        (Get-RunbookRun $run).Status | Should -Be Canceled
        Get-Job | Should -BeNullOrEmpty
    }
}
