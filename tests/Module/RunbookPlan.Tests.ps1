BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store plans; Initialize-Store }
AfterAll { Remove-Store }

Describe 'Get-RunbookPlan' {
    It 'names a worker of the pool for each step, and why' {
        $plan = Get-RunbookPlan Deploy Development
        $plan.Steps.Name | Should -Be Fetch, Install
        $plan.Steps.WorkerName | Should -Be worker1, worker1
        $plan.Steps[0].PoolReason | Should -Not -BeNullOrEmpty
    }

    It 'moves no cursor' {
        1..3 | ForEach-Object { (Get-RunbookPlan Greet Development).Steps[0].WorkerName } | Should -Be worker1, worker1, worker1
    }

    It 'tells which workers were passed over, and why' {
        Disable-Worker worker1
        $skipped = (Get-RunbookPlan Greet Development).Draws.Skipped
        Enable-Worker worker1
        $skipped.Names | Should -Be worker1
        $skipped.Reason | Should -Match disabled
    }

    It 'is printed as a table of its steps' {
        Get-RunbookPlan Deploy Development | Out-String | Should -Match '(?s)# +Step +Pool +Worker +Why.*1 +Fetch +Setup +worker1 +\w+.*2 +Install.*Setup gives worker1'
    }

    It 'takes runbooks from the pipeline' {
        (Get-Runbook Greet, Deploy | Get-RunbookPlan -Environment Development).Count | Should -Be 2
    }

    It 'says NoEligibleWorker where nobody can' {
        Get-Worker | Disable-Worker
        try { { Get-RunbookPlan Greet Development -ErrorAction Stop } | Should -Throw -ErrorId 'NoEligibleWorker,*' }
        finally { Get-Worker | Enable-Worker }
    }
}
