BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store completion
    Initialize-Store
    $null = New-WorkerPool 'It''s a "pool" [1]'
    $null = Invoke-Runbook Greet Development 6>$null
    $null = New-WorkerTenant Acme -Tag Region/Europe, 'Ring/Very early'
    Set-RunbookVariable Url http://localhost -Description 'Where it is' -Set Shared
    Set-RunbookVariable BuildPool -Pool Linux -Runbook Deploy
    $definitions = Join-Path $TestDrive more.yaml
    Set-Content $definitions @'
scriptModules:
  - { name: greetings, syntax: bash, body: 'greet() { echo "$1"; }' }
runbooks:
  - name: Ask
    prompts:
      - { name: Service, options: [ web, 'message queue' ] }
    steps:
      - { name: Keep, pool: Setup, bash: 'echo hi > kept.txt; new_octopusartifact kept.txt' }
'@
    $null = Import-Runbook $definitions
    $null = Invoke-Runbook Ask Development 6>$null

    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
}
AfterAll { Remove-Store }

Describe 'Completion' {
    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-Worker worker'; First = 'worker1' }
        @{ Line = 'Get-WorkerPool Set'; First = 'Setup' }
        @{ Line = 'Add-Worker h -Pool L'; First = 'Linux' }
        @{ Line = 'Get-WorkerEnvironment D'; First = 'Development' }
        @{ Line = 'Invoke-Runbook G'; First = 'Greet' }
        @{ Line = 'Invoke-Runbook Greet -Environment '; First = 'Development' }
        @{ Line = 'Invoke-Runbook Deploy Development -SkipStep '; First = 'Fetch' }
        @{ Line = 'Get-RunbookRun '; First = 'RunbookRuns-2' }
        @{ Line = 'Get-WorkerTenant a'; First = 'Acme' }
        @{ Line = 'Invoke-Runbook Greet Development -Tenant '; First = 'Acme' }
        @{ Line = 'New-WorkerTenant Other -Tag Re'; First = 'Region/Europe' }
        @{ Line = 'New-RunbookStep A -Bash x -TenantTag Ri'; First = "'Ring/Very early'" }
        @{ Line = 'New-RunbookStep A -Bash x -Module g'; First = 'greetings' }
        @{ Line = 'New-RunbookStep A -Bash x -PoolVariable b'; First = 'BuildPool' }
        @{ Line = 'New-Runbook A { } -VariableSet s'; First = 'Shared' }
        @{ Line = 'Get-RunbookVariable u'; First = 'Url' }
        @{ Line = 'Get-RunbookVariable -Set S'; First = 'Shared' }
        @{ Line = 'Set-RunbookVariable Url x -TenantTag '; First = 'Region/Europe' }
        @{ Line = 'Set-RunbookVariable Url x -Runbook Deploy -Step F'; First = 'Fetch' }
        @{ Line = 'Invoke-Runbook Ask -Ser'; First = '-Service' }
        @{ Line = 'Invoke-Runbook Ask Development -Service '; First = "'message queue'" }
        @{ Line = 'Start-RunbookRun Ask Development -Service w'; First = 'web' }
        @{ Line = 'Get-RunbookArtifact 2 k'; First = 'kept.txt' }
        @{ Line = 'Receive-RunbookRun 1 -Step '; First = 'Greet' }
        @{ Line = 'Receive-RunbookRun RunbookRuns-1 -Step 1'; First = '1' }
        @{ Line = 'Export-RunbookLog 1 -Step '; First = 'Greet' }
        @{ Line = 'Get-WorkerLease w'; First = 'worker1' }
    ) {
        (Complete $Line)[0].CompletionText | Should -Be $First
    }

    It 'quotes what needs it, so that the line can be run' {
        $text = (Complete 'Get-WorkerPool It')[0].CompletionText
        (& ([scriptblock]::Create("Get-WorkerPool $text"))).Name | Should -Be 'It''s a "pool" [1]'
    }

    It 'tells what a variable is for' { (Complete 'Get-RunbookVariable Ur')[0].ToolTip | Should -Be 'Where it is' }

    It 'tells what a run is' { (Complete 'Get-RunbookRun RunbookRuns-1')[0].ToolTip | Should -Be 'Greet in Development: Success' }

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
