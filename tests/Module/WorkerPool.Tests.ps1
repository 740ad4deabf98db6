BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store pools }
AfterAll { Remove-Store }

Describe 'WorkerPool' {
    It 'makes a pool and gives it back' {
        $made = New-WorkerPool Setup -Description 'Prepares environments'
        $made.Name | Should -Be Setup
        (Get-WorkerPool Setup).Description | Should -Be 'Prepares environments'
    }

    It 'refuses a name that is there in another case, and goes on with the next' {
        $made = New-WorkerPool SETUP, Other -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
        $problem[0].CategoryInfo.Category | Should -Be ResourceExists
        $made.Name | Should -Be Other
    }

    It 'has one default pool, which can be another' {
        (Get-WorkerPool | Where-Object IsDefault).Name | Should -Be 'Default Worker Pool'
        Set-WorkerPool Setup -Default
        (Get-WorkerPool | Where-Object IsDefault).Name | Should -Be Setup
        Set-WorkerPool 'Default Worker Pool' -Default
    }

    It 'names a near name in the error of one that is not there' {
        Get-WorkerPool Setpu -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].Exception.Message | Should -BeLike "*Did you mean 'Setup'?"
        $problem[0].TargetObject | Should -Be Setpu
    }

    It 'finds nothing without an error where a pattern matches nothing' {
        Get-WorkerPool 'nothing*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'writes a changed pool only with -PassThru' {
        Set-WorkerPool Setup -Description a | Should -BeNullOrEmpty
        (Set-WorkerPool Setup -Description b -PassThru).Description | Should -Be b
    }

    It 'does not remove the default pool' {
        { Remove-WorkerPool 'Default Worker Pool' -ErrorAction Stop } | Should -Throw -ErrorId 'InUse,*'
    }

    It 'removes what comes through the pipeline, and nothing with -WhatIf' {
        New-WorkerPool Gone1, Gone2 | Out-Null
        Get-WorkerPool Gone* | Remove-WorkerPool -WhatIf
        @(Get-WorkerPool Gone*).Count | Should -Be 2
        Get-WorkerPool Gone* | Remove-WorkerPool
        Get-WorkerPool Gone* | Should -BeNullOrEmpty
    }

    It 'takes the name <_> as it stands' -ForEach 'a b', '[x]', 'star*', "it's", '"quoted"', 'Größe', 'a$b' {
        $null = New-WorkerPool -Name $_
        @(Get-WorkerPool -Name $_).Name | Should -Be $_
        (Get-WorkerPool -Name ([WildcardPattern]::Escape($_))).Name | Should -Contain $_
        Remove-WorkerPool -Name $_
        Get-WorkerPool | Where-Object Name -eq $_ | Should -BeNullOrEmpty
    }

    It 'writes to the host what -WhatIf would do' {
        (Invoke-Pwsh "Import-Module '$ModuleManifest'; New-WorkerPool Never -WhatIf").Output | Should -BeLike "*Worker pool 'Never'*"
    }
}
