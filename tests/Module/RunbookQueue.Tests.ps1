BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store queue
    Initialize-Store
}
AfterAll {
    Resume-RunbookQueue
    Get-RunbookRun -Queued | Stop-RunbookRun -Wait | Out-Null
    Remove-Store
}

Describe 'A paused queue' {
    BeforeAll {
        Suspend-RunbookQueue 'moving the database'
        $normal = Start-RunbookRun Greet Development
        $low = Start-RunbookRun Greet Development -Priority Low
        $high = Start-RunbookRun Greet Development -Priority High -QueueExpirySec 3600
        Wait-Until { @(Get-RunbookRun -Queued | Where-Object WaitingFor).Count -eq 3 }
    }

    It 'says so, and why' {
        $queue = Get-RunbookQueue
        $queue.IsPaused | Should -BeTrue
        $queue.Pause.Reason | Should -Be 'moving the database'
        $queue.Runs.Id | Should -Be $high.Id, $normal.Id, $low.Id
    }

    It 'lists runs in the order in which they would begin' {
        (Get-RunbookRun -Queued).Id | Should -Be $high.Id, $normal.Id, $low.Id
        Get-RunbookRun -Queued -Runbook Slow | Should -BeNullOrEmpty
    }

    It 'says why a run waits' {
        $wait = Get-RunbookRun $normal -Why
        $wait.Kind | Should -Be QueuePaused
        $wait.Holders.Count | Should -Be 1
        ($wait | Out-String) | Should -Match 'moving the database'
        (Get-RunbookRun $normal).Waits[0].Kind | Should -Be QueuePaused
    }

    It 'keeps what was asked for' {
        $run = (Get-RunbookRun $high).Run
        $run.Priority | Should -Be High
        $run.Request.QueueExpiry | Should -Be ([timespan]::FromHours(1))
    }

    It 'tells a plan that it would wait' {
        (Get-RunbookPlan Greet Development).Waits.Kind | Should -Contain QueuePaused
    }

    It 'can be put in another order' {
        Set-RunbookRun $normal -Priority Low | Should -BeNullOrEmpty
        (Set-RunbookRun $low -Top -PassThru).Id | Should -Be $low.Id
        (Get-RunbookRun -Queued).Id | Should -Be $low.Id, $high.Id, $normal.Id
        Set-RunbookRun $normal -Top -WhatIf
        (Get-RunbookRun -Queued)[0].Id | Should -Be $low.Id
    }

    It 'refuses to change nothing' {
        { Set-RunbookRun $low -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'goes on when it is resumed' {
        (Resume-RunbookQueue -PassThru).IsPaused | Should -BeFalse
        ($low, $normal, $high | Wait-RunbookRun).Status | Should -Be Success, Success, Success
        { Set-RunbookRun $low -Top -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRunState,*'
        Get-RunbookRun $low -Why | Should -BeNullOrEmpty
    }
}

Describe 'Caps and policies' {
    It 'keeps those of a pool' {
        $pool = New-WorkerPool Capped -Policy LeastLeases -MaxSteps 3
        $pool.Policy | Should -Be LeastLeases
        $pool.MaxSteps | Should -Be 3
        (Set-WorkerPool Capped -Description changed -PassThru).MaxSteps | Should -Be 3
        $changed = Set-WorkerPool Capped -MaxSteps 0 -Policy RoundRobin -PassThru
        $changed.MaxSteps | Should -BeNullOrEmpty
        $changed.Policy | Should -Be RoundRobin
    }

    It 'keeps that of a worker' {
        (Add-Worker -Local capped -Pool Setup -MaxSteps 2).MaxSteps | Should -Be 2
        (Set-Worker capped -Tag a -PassThru).MaxSteps | Should -Be 2
        (Set-Worker capped -MaxSteps 0 -PassThru).MaxSteps | Should -BeNullOrEmpty
        { Add-Worker -Local other -MaxSteps 0 } | Should -Throw
    }

    It 'keeps those of a runbook' {
        $runbook = New-Runbook Queued { New-RunbookStep Say -Bash 'true' } -Priority Low -QueueExpirySec 60
        $runbook.Definition.Priority | Should -Be Low
        (Set-Runbook Queued -Description x -PassThru).Definition.QueueExpiry | Should -Be ([timespan]::FromMinutes(1))
    }

    It 'drains a worker with a deadline' {
        $worker = Disable-Worker capped -Drain -DeadlineSec 60 -CancelRun -Wait -PassThru
        $worker.State | Should -Be Draining
        $worker.Drain.Cancels | Should -BeTrue
        Enable-Worker capped
        (Get-Worker capped).Drain | Should -BeNullOrEmpty
        { Disable-Worker capped -DeadlineSec 1 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Disable-Worker capped -Drain -CancelRun -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}
