BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store environments }
AfterAll { Remove-Store }

Describe 'WorkerEnvironment' {
    It 'makes environments from the pipeline' {
        ('Test', 'Staging' | New-WorkerEnvironment -Description d).Name | Should -Be Test, Staging
    }

    It 'gives those that match, each once' {
        (Get-WorkerEnvironment T*, Test).Name | Should -Be Test
    }

    It 'changes the description' {
        (Set-WorkerEnvironment Test -Description new -PassThru).Description | Should -Be new
    }

    It 'says EnvironmentNotFound of one that is not there' {
        { Set-WorkerEnvironment Nowhere -Description x -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentNotFound,*'
        { Remove-WorkerEnvironment Nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentNotFound,*'
    }

    It 'stays while the scope of a value names it, which the error names' {
        Set-RunbookVariable Url x -Environment Test
        { Remove-WorkerEnvironment Test -ErrorAction Stop } | Should -Throw -ErrorId 'InUse,*' -ExpectedMessage "*a value of variable 'Url' in variable set 'Default'*"
        Remove-RunbookVariable Url -All
    }

    It 'removes' {
        Get-WorkerEnvironment Staging | Remove-WorkerEnvironment
        (Get-WorkerEnvironment).Name | Should -Be Test
    }
}
