BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store runs
    Initialize-Store
    $good = Invoke-Runbook Greet Development 6>$null
    $bad = Invoke-Runbook Broken Development -ErrorAction SilentlyContinue 6>$null
}
AfterAll { Remove-Store }

Describe 'Get-RunbookRun' {
    It 'lists runs, newest first' {
        (Get-RunbookRun).Runbook | Should -Be Broken, Greet
    }

    It 'narrows the list' {
        (Get-RunbookRun -Status Failed).Runbook | Should -Be Broken
        (Get-RunbookRun -Runbook Greet -Environment Development).Id | Should -Be $good.Id
        Get-RunbookRun -Status Canceled | Should -BeNullOrEmpty
    }

    It 'takes a run as <Form>' -ForEach @(
        @{ Form = 'a number'; Of = { 1 } }, @{ Form = 'an id'; Of = { 'RunbookRuns-1' } }, @{ Form = 'an object'; Of = { $good } },
        @{ Form = 'a summary'; Of = { Get-RunbookRun -Runbook Greet } }
    ) {
        (Get-RunbookRun (& $Of)).Id | Should -Be $good.Id
    }

    It 'takes a run that came out of a file or from another process' {
        $file = Join-Path $TestDrive run.xml
        $good, (Get-RunbookRun -Runbook Greet) | Export-Clixml $file
        $read = Import-Clixml $file
        ($read | Get-RunbookRun).Id | Should -Be $good.Id, $good.Id
        ($read[0].Id | Get-RunbookRun).Id | Should -Be $good.Id
        # As much as remoting and jobs send.
        $sent = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($good, 1))
        (Receive-RunbookRun $sent).Count | Should -Be @(Receive-RunbookRun $good).Count
        (Receive-RunbookRun (Receive-RunbookRun $good | ForEach-Object {
            [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) } | Select-Object -First 1)).Count |
            Should -Be @(Receive-RunbookRun $good).Count
    }

    It 'says that there is no <_> of a name, and takes patterns of runbooks' -ForEach Runbook, Environment {
        $name = @{ $_ = 'Nowhere' }
        { Get-RunbookRun @name -ErrorAction Stop } | Should -Throw -ErrorId "${_}NotFound,*"
        { Get-RunbookRun -Queued @name -ErrorAction Stop } | Should -Throw -ErrorId "${_}NotFound,*"
        (Get-RunbookRun -Runbook Gr*).Id | Should -Be $good.Id
        Get-RunbookRun -Runbook Nowhere* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'lists the runs of a runbook that is gone' {
        $null = New-Runbook Gone { New-RunbookStep A -Bash 'echo hi' -Pool Setup }
        $run = Invoke-Runbook Gone Development 6>$null
        Remove-Runbook Gone
        (Get-RunbookRun -Runbook Gone -ErrorAction Stop).Id | Should -Be $run.Id
        Remove-RunbookRun $run
    }

    It 'refuses what is no run' {
        { Get-RunbookRun -Id 'seven' } | Should -Throw '*is no run*'
        { Get-RunbookRun 999 -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound,*'
    }

    It 'gives a whole run for a summary of the pipeline' {
        (Get-RunbookRun -Status Failed | Get-RunbookRun).Steps[0].Attempts[0].ExitCode | Should -Be 3
    }
}

Describe 'Receive-RunbookRun' {
    It 'reads on after a cursor' {
        $lines = @(Receive-RunbookRun $good)
        $lines.Text | Should -Contain "hello from $(uname -s)"
        @(Receive-RunbookRun $good -After $lines[0].Cursor).Count | Should -Be ($lines.Count - 1)
        Receive-RunbookRun $good -After $lines[-1].Cursor | Should -BeNullOrEmpty
    }

    It 'names the step of each line' {
        (Receive-RunbookRun $good -Step 1).StepName | Select-Object -Unique | Should -Be Greet
    }

    It 'takes a step by name or number, and says which there are' {
        (Receive-RunbookRun $good -Step greet).Text | Should -Be (Receive-RunbookRun $good -Step 1).Text
        (Receive-RunbookRun $good -Step 0).StepName | Select-Object -Unique | Should -BeNullOrEmpty
        { Receive-RunbookRun $good -Step 99 -ErrorAction Stop } | Should -Throw -ErrorId 'StepNotFound,*' -ExpectedMessage '*1 (Greet)*'
        { Export-RunbookLog $good (Join-Path $TestDrive none.log) -Step Nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'StepNotFound,*'
    }

    It 'selects levels' {
        Receive-RunbookRun $good -Level Fatal | Should -BeNullOrEmpty
        Receive-RunbookRun $good -MinimumLevel Error | Should -BeNullOrEmpty
        @(Receive-RunbookRun $good -MinimumLevel Information).Count | Should -Be @(Receive-RunbookRun $good | Where-Object Level -ne Verbose).Count
    }

    It 'follows a run that another session drives, and ends with it' {
        $other = Start-Job { param($module, $store) $env:OCTOWORKERS_HOME = $store; Import-Module $module; Invoke-Runbook Deploy Development 6>$null | Out-Null } -ArgumentList $ModuleManifest, $env:OCTOWORKERS_HOME
        Wait-Until { Get-RunbookRun -Runbook Deploy }
        (Get-RunbookRun -Runbook Deploy | Receive-RunbookRun -Follow).Text | Should -Contain installed
        $other | Wait-Job -Timeout 60 | Remove-Job -Force
    }
}

Describe 'Start-RunbookRun' {
    It 'returns at once, and the background driver carries the run out' {
        $run = Start-RunbookRun Greet Development
        $run.Status | Should -BeIn Queued, Executing
        ($run | Wait-RunbookRun -TimeoutSec 60).Status | Should -Be Success
    }

    It 'goes on when its session has gone' {
        $started = Invoke-Pwsh "Import-Module '$ModuleManifest'; (Start-RunbookRun Deploy Development).Id.Number"
        (Wait-RunbookRun ([int] $started.Output) -TimeoutSec 60).Status | Should -Be Success
    }
}

Describe 'Wait-RunbookRun and Stop-RunbookRun' {
    It 'does not wait longer than told, and the run goes on until it is stopped' {
        $run = Start-RunbookRun Slow Development
        { $run | Wait-RunbookRun -TimeoutSec 1 -ErrorAction Stop } | Should -Throw -ErrorId 'WaitTimedOut,*'
        Wait-Until { (Get-RunbookRun $run).Steps[0].Status -eq 'Running' }
        $ended = Stop-RunbookRun $run -Reason 'enough' -Wait
        $ended.Status | Should -Be Canceled
        $ended.Steps[0].Attempts[0].Receipt.Verdict | Should -BeIn NothingLeft, NoneFound
        $ended | Out-String -Width 300 | Should -Match 'Canceled by .*: enough\.(?s:.*)receipt: ended .*sleep'
    }

    It 'leaves a run that has ended as it is' {
        (Stop-RunbookRun $good -Wait -ErrorAction Stop).Status | Should -Be Success
    }

    It 'gives a failed run and an error' {
        $run = Wait-RunbookRun $bad -ErrorVariable problem -ErrorAction SilentlyContinue
        $run.Status | Should -Be Failed
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RunFailed,*'
    }
}

Describe 'Restart-RunbookRun and Remove-RunbookRun' {
    It 'makes a new run of one that failed' {
        $again = Restart-RunbookRun $bad
        $again.Id | Should -Not -Be $bad.Id
        $again.Run.Request.RerunOf | Should -Be $bad.Id
        $again | Wait-RunbookRun -TimeoutSec 60 -ErrorAction SilentlyContinue | Out-Null
    }

    It 'names the targets that it leaves out, and refuses when none is left' {
        'web1', 'web2' | ForEach-Object { $null = Add-DeploymentTarget -Local $_ -Environment Development -Tag web }
        $null = New-Runbook OnTargets { New-RunbookStep Install -Bash 'exit 3' -TargetTag web }
        $failed = Invoke-Runbook OnTargets Development -ErrorAction SilentlyContinue 6>$null
        Remove-DeploymentTarget web1
        $again = Restart-RunbookRun $failed -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Be "Step 1 'Install' leaves out web1: not there any more."
        $again | Wait-RunbookRun -TimeoutSec 120 -ErrorAction SilentlyContinue | Out-Null
        Remove-DeploymentTarget web2
        { Restart-RunbookRun $failed -ErrorAction Stop } | Should -Throw -ErrorId 'NoEligibleTarget,*'
    }

    It 'does not restart one that succeeded' {
        { Restart-RunbookRun $good -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRunState,*'
    }

    It 'promises nothing for a run that is not there: <_>' -ForEach Remove-RunbookRun, Stop-RunbookRun, Restart-RunbookRun {
        { & $_ 999 -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound,*'
    }

    It 'removes a run with its log' {
        Remove-RunbookRun $bad -WhatIf
        Remove-RunbookRun $bad
        { Receive-RunbookRun $bad -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound,*'
    }
}

Describe 'Get-WorkerLease' {
    It 'shows the lease of a run while it runs, and none afterwards' {
        $run = Start-RunbookRun Slow Development
        Wait-Until { Get-WorkerLease -Run $run }
        $lease = Get-WorkerLease -Run $run
        $lease.WorkerName | Should -BeLike 'worker?'
        (Get-WorkerLease $lease.WorkerName).Run | Should -Contain $run.Id
        (Get-Worker $lease.WorkerName).Leases | Should -Be 1
        { Remove-Worker $lease.WorkerName -ErrorAction Stop } | Should -Throw -ErrorId 'InUse,*'
        Stop-RunbookRun $run -Wait | Out-Null
        Get-WorkerLease -Run $run | Should -BeNullOrEmpty
    }
}
