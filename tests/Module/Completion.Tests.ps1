BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store completion
    Initialize-Store
    $null = New-WorkerPool 'It''s a "pool" [1]'
    $null = Invoke-Runbook Greet Development 6>$null

    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
}
AfterAll { Remove-Module OctoWorkers }

Describe 'Completion' {
    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-Worker worker'; First = 'worker1' }
        @{ Line = 'Get-WorkerPool Set'; First = 'Setup' }
        @{ Line = 'Add-Worker h -Pool L'; First = 'Linux' }
        @{ Line = 'Get-WorkerEnvironment D'; First = 'Development' }
        @{ Line = 'Invoke-Runbook G'; First = 'Greet' }
        @{ Line = 'Invoke-Runbook Greet -Environment '; First = 'Development' }
        @{ Line = 'Invoke-Runbook Deploy Development -SkipStep '; First = 'Fetch' }
        @{ Line = 'Get-RunbookRun '; First = 'RunbookRuns-1' }
        @{ Line = 'Get-WorkerLease w'; First = 'worker1' }
    ) {
        (Complete $Line)[0].CompletionText | Should -Be $First
    }

    It 'quotes what needs it, so that the line can be run' {
        $text = (Complete 'Get-WorkerPool It')[0].CompletionText
        (& ([scriptblock]::Create("Get-WorkerPool $text"))).Name | Should -Be 'It''s a "pool" [1]'
    }

    It 'tells what a run is' { (Complete 'Get-RunbookRun Runb')[0].ToolTip | Should -Be 'Greet in Development: Success' }

    It 'is empty, without an error, where the store cannot be opened' {
        $home_ = $env:OCTOWORKERS_HOME
        $env:OCTOWORKERS_HOME = '/dev/null/nothing'
        try { Complete 'Get-Worker -Name w' | Where-Object ResultType -eq ParameterValue | Should -BeNullOrEmpty }
        finally { $env:OCTOWORKERS_HOME = $home_ }
    }

    It 'takes less than 50 ms once it is warm' {
        $completer = [OctoWorkers.PowerShell.Completion.WorkerNameCompleter]::new()
        $times = 1..20 | ForEach-Object { (Measure-Command { $completer.CompleteArgument('Get-Worker', 'Name', 'w', $null, @{}) }).TotalMilliseconds }
        ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan 50
    }
}
