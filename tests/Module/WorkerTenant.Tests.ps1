BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store tenants; Initialize-Store }
AfterAll { Remove-Store }

Describe 'WorkerTenant' {
    It 'makes a tenant with tags and gives it back' {
        $made = New-WorkerTenant Acme -Tag Region/Europe, Ring/Early, region/europe -Description 'The first'
        $made.Tags | Should -Be Region/Europe, Ring/Early
        (Get-WorkerTenant acme).Description | Should -Be 'The first'
    }

    It 'makes several from the pipeline, and goes on after one that is there' {
        $made = 'ACME', 'Globex' | New-WorkerTenant -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
        $made.Name | Should -Be Globex
    }

    It 'refuses the tag <_>' -ForEach 'Europe', '/Europe', 'Region/', ' ' {
        { New-WorkerTenant Never -Tag $_ -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*'
        Get-WorkerTenant Neve* | Should -BeNullOrEmpty
    }

    It 'can be found by a tag, whatever its letter case' {
        (Get-WorkerTenant | Where-Object { $_.Tags -contains 'ring/early' }).Name | Should -Be Acme
    }

    It 'replaces the tags and keeps the rest' {
        Set-WorkerTenant Acme -Tag ((Get-WorkerTenant Acme).Tags + 'Ring/Late') | Should -BeNullOrEmpty
        (Get-WorkerTenant Acme).Tags | Should -Be Region/Europe, Ring/Early, Ring/Late
        $now = Set-WorkerTenant Acme -Description Second -PassThru
        $now.Tags.Count | Should -Be 3
        $now = Set-WorkerTenant Acme -Tag @() -PassThru
        $now.Tags.Count | Should -Be 0
        $now.Description | Should -Be Second
    }

    It 'names a near name in the error of one that is not there' {
        Set-WorkerTenant Acem -Tag a/b -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'TenantNotFound,*'
        $problem[0].Exception.Message | Should -BeLike "*Did you mean 'Acme'?"
    }

    It 'is what a run is for' {
        $null = New-Runbook Whom { New-RunbookStep Say -Bash 'echo "for #{Octopus.Deployment.Tenant.Name}"' -Pool Setup }
        $null = Invoke-Runbook Whom Development -Tenant acme -InformationVariable log 6>$null
        "$log" | Should -Match 'for Acme'
        (Get-RunbookPlan Whom Development -Tenant Acme).Steps[0].WorkerName | Should -BeLike 'worker?'
        { Invoke-Runbook Whom Development -Tenant Nobody -ErrorAction Stop } | Should -Throw -ErrorId 'TenantNotFound,*'
    }

    It 'cannot go while a run for it has not ended' {
        $run = Start-RunbookRun Slow Development -Tenant Globex
        try { { Remove-WorkerTenant Globex -ErrorAction Stop } | Should -Throw -ErrorId 'InUse,*' -ExpectedMessage "*$($run.Id)*" }
        finally { $null = $run | Stop-RunbookRun -Wait }
    }

    It 'removes what comes through the pipeline, and nothing with -WhatIf' {
        Get-WorkerTenant | Remove-WorkerTenant -WhatIf
        @(Get-WorkerTenant).Count | Should -Be 2
        Get-WorkerTenant | Remove-WorkerTenant
        Get-WorkerTenant | Should -BeNullOrEmpty
    }
}
