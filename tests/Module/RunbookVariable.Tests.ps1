BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store variables
    Initialize-Store
    $null = New-WorkerEnvironment Production
    $null = New-WorkerTenant Acme -Tag Ring/Early
    $null = New-Runbook Tell { New-RunbookStep Say -Bash 'echo "it is [$(get_octopusvariable It)]"' -Pool Setup }
    $secret = 'never-seen-in-any-log'
    $hidden = ConvertTo-SecureString $secret -AsPlainText -Force

    function Get-It([hashtable] $Run = @{}) {
        # What the script of a run reads.
        $null = Invoke-Runbook Tell -Environment Development @Run -InformationVariable log 6>$null
        [regex]::Match("$log", 'it is \[(.*?)\]').Groups[1].Value
    }
}
AfterAll { Remove-Store }

Describe 'Set-RunbookVariable' {
    AfterEach { Get-RunbookVariable | Remove-RunbookVariable }

    It 'puts a value into the set Default, and writes nothing' {
        Set-RunbookVariable It everywhere | Should -BeNullOrEmpty
        $value = Get-RunbookVariable it
        $value.Set | Should -Be Default
        $value.ScopeText | Should -Be unscoped
        Get-It | Should -Be everywhere
    }

    It 'replaces the value of the same scope only, and keeps what it is for' {
        Set-RunbookVariable It one -Description 'What it is'
        Set-RunbookVariable It two -Environment Development, Production
        Set-RunbookVariable IT three -PassThru | ForEach-Object Description | Should -Be 'What it is'
        Set-RunbookVariable It four -Environment production, DEVELOPMENT
        (Get-RunbookVariable It).Value | Should -Be three, four
        Set-RunbookVariable It five -Description ''
        (Get-RunbookVariable It)[0].Description | Should -BeNullOrEmpty
    }

    It 'lets the most specific value win: <Winner>' -ForEach @(
        @{ Winner = 'environment'; Scope = @{ Environment = 'Development' }; Run = @{} }
        @{ Winner = 'tenant tag'; Scope = @{ TenantTag = 'Ring/Early' }; Run = @{ Tenant = 'Acme' } }
        @{ Winner = 'tenant'; Scope = @{ Tenant = 'Acme' }; Run = @{ Tenant = 'Acme' } }
        @{ Winner = 'runbook'; Scope = @{ ForRunbook = 'Tell' }; Run = @{} }
        @{ Winner = 'step'; Scope = @{ Runbook = 'Tell'; Step = 'Say' }; Run = @{} }
        @{ Winner = 'the run'; Scope = @{ Environment = 'Development' }; Run = @{ Variable = @{ it = 'the run' } } }
    ) {
        Set-RunbookVariable It unscoped
        Set-RunbookVariable It elsewhere -Environment Production
        Set-RunbookVariable It $Winner @Scope
        Get-It $Run | Should -Be $Winner
    }

    It 'keeps the text <_>' -ForEach '', ' two  spaces ', "a'b""c", '$(id) `x`', 'ÄÖ 漢 🐙' {
        Set-RunbookVariable It $_
        (Get-RunbookVariable It).Value | Should -BeExactly $_
        Get-It | Should -BeExactly $_
    }

    It 'writes a number as a script reads it, in any culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            Set-RunbookVariable It 1.5
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        (Get-RunbookVariable It).Value | Should -Be '1.5'
    }

    It 'keeps a SecureString secret, in the store and in logs' {
        Set-RunbookVariable It $hidden
        $value = Get-RunbookVariable It
        $value.Kind | Should -Be Sensitive
        $value.Value | Should -Be '********'
        $value | ConvertTo-Json | Should -Not -Match $secret
        Get-It | Should -Be '********'
        Get-ChildItem $env:OCTOWORKERS_HOME -Recurse -File -Exclude *.lock | Where-Object { [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($_)).Contains($secret) } | Should -BeNullOrEmpty
    }

    It 'makes a user and a secret of a PSCredential' {
        Set-RunbookVariable Db ([pscredential]::new('app', $hidden)) -PassThru | ForEach-Object Name | Should -Be Db.UserName, Db.Password
        (Get-RunbookVariable Db.UserName).Value | Should -Be app
        (Get-RunbookVariable Db.Password).Kind | Should -Be Sensitive
    }

    It 'refuses a secret that is too short to be masked' {
        { Set-RunbookVariable It (ConvertTo-SecureString abc -AsPlainText -Force) -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*'
        Get-RunbookVariable | Should -BeNullOrEmpty
    }

    It 'names a worker pool, by which a step draws its worker' {
        $null = 'far1' | Add-Worker -Local -Pool Linux
        $null = New-Runbook Drawn { New-RunbookStep Say -Bash 'echo hi' -PoolVariable Where }
        Set-RunbookVariable Where -Pool setup
        Set-RunbookVariable Where -Pool Linux -Environment Production
        (Get-RunbookVariable Where).Value | Should -Be Setup, Linux
        (Get-RunbookPlan Drawn Development).Steps[0].WorkerName | Should -BeLike 'worker?'
        (Get-RunbookPlan Drawn Production).Steps[0].WorkerName | Should -Be far1
        { Set-RunbookVariable Where -Pool Linux -Machine worker1 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Set-RunbookVariable Where -Pool Linus -ErrorAction Stop } | Should -Throw -ErrorId 'WorkerPoolNotFound,*'
    }

    It 'refuses a scope with <Name>, which is not there' -ForEach @(
        @{ Name = 'Environment'; Id = 'EnvironmentNotFound' }
        @{ Name = 'Tenant'; Id = 'TenantNotFound' }
        @{ Name = 'TenantTag'; Id = 'InvalidArgument' }
        @{ Name = 'Machine'; Id = 'WorkerNotFound' }
        @{ Name = 'ForRunbook'; Id = 'RunbookNotFound' }
    ) {
        $scope = @{ $Name = 'None/Such' }
        { Set-RunbookVariable It x @scope -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
        Get-RunbookVariable | Should -BeNullOrEmpty
    }

    It 'refuses a set and a runbook together' {
        { Set-RunbookVariable It x -Set Shared -Runbook Tell -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'takes scope and owner, and never the value, from Get-RunbookVariable' {
        Set-RunbookVariable It a -Runbook Tell -Step Say
        Set-RunbookVariable It b -Set Shared -Environment Production
        Get-RunbookVariable It | Set-RunbookVariable -Value c
        Get-RunbookVariable It | ForEach-Object { "$($_.Set)$($_.Runbook) $($_.ScopeText) $($_.Value)" } |
            Should -Be "Shared environment 'Production' c", "Tell step 'Say' c"
        (Get-Command Set-RunbookVariable).Parameters['Value'].Attributes.ValueFromPipelineByPropertyName | Should -Not -Contain $true
    }

    It 'sets nothing with -WhatIf, and says where it would' {
        $text = (Invoke-Pwsh "Import-Module '$ModuleManifest'; Set-RunbookVariable It x -Environment Production -WhatIf").Output
        $text | Should -BeLike "*Variable 'It' (environment 'Production') of variable set 'Default'*"
        Get-RunbookVariable | Should -BeNullOrEmpty
    }
}

Describe 'Get-RunbookVariable and Remove-RunbookVariable' {
    BeforeEach {
        Set-RunbookVariable Url a
        Set-RunbookVariable Url b -Environment Production
        Set-RunbookVariable User c -Runbook Tell
    }
    AfterEach { Get-RunbookVariable | Remove-RunbookVariable }

    It 'finds by pattern, set and runbook' {
        (Get-RunbookVariable U*).Value | Should -Be a, b, c
        (Get-RunbookVariable -Set Default).Value | Should -Be a, b
        (Get-RunbookVariable -Runbook tell).Value | Should -Be c
        (Get-RunbookVariable Url)[1].Scope.Environments[0] | Should -Be Production
    }

    It 'names what is not there' {
        { Get-RunbookVariable Uri -ErrorAction Stop } | Should -Throw -ErrorId 'VariableNotFound,*' -ExpectedMessage "*'Url'*"
        { Get-RunbookVariable -Set None -ErrorAction Stop } | Should -Throw -ErrorId 'VariableSetNotFound,*'
        { Get-RunbookVariable -Runbook None -ErrorAction Stop } | Should -Throw -ErrorId 'RunbookNotFound,*'
    }

    It 'refuses a value with a NUL, secret or not' {
        { Set-RunbookVariable Nul "a`0b" -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*' -ExpectedMessage "*variable 'Nul' holds a NUL*"
        $secret = ConvertTo-SecureString "four`0four" -AsPlainText -Force
        { Set-RunbookVariable Nul $secret -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*' -ExpectedMessage "*variable 'Nul' holds a NUL*"
        { Get-RunbookVariable Nul -ErrorAction Stop } | Should -Throw -ErrorId 'VariableNotFound,*'
    }

    It 'removes the value of exactly the scope' {
        Remove-RunbookVariable Url
        (Get-RunbookVariable Url).Value | Should -Be b
        { Remove-RunbookVariable Url -ErrorAction Stop } | Should -Throw -ErrorId 'VariableNotFound,*' -ExpectedMessage "*environment 'Production'*"
        Set-RunbookVariable Url a
    }

    It 'promises nothing for a value that is not there' {
        { Remove-RunbookVariable Nowhere -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'VariableNotFound,*'
        { Remove-RunbookVariable Url -Set Nowhere -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'VariableSetNotFound,*'
    }

    It 'removes all values with -All' {
        Remove-RunbookVariable Url -All
        Get-RunbookVariable Url* | Should -BeNullOrEmpty
    }

    It 'removes exactly what comes through the pipeline, and nothing with -WhatIf' {
        Get-RunbookVariable | Remove-RunbookVariable -WhatIf
        @(Get-RunbookVariable).Count | Should -Be 3
        Get-RunbookVariable | Where-Object Value -ne b | Remove-RunbookVariable
        (Get-RunbookVariable).Value | Should -Be b
    }
}

Describe 'Resolve-RunbookVariable' {
    AfterEach { Get-RunbookVariable | Remove-RunbookVariable }

    It 'shows the value that wins, why, and what it wins over' {
        Set-RunbookVariable It everywhere
        Set-RunbookVariable It 'in #{Octopus.Environment.Name}' -Environment Development
        Set-RunbookVariable It elsewhere -Environment Production
        $it = Resolve-RunbookVariable Tell Development it
        $it.Value | Should -Be 'in Development'
        $it.Place | Should -Be "variable set 'Default'"
        $it.ScopeText | Should -Be "environment 'Development'"
        $it.Others.Applies | Sort-Object | Should -Be $false, $true
        $it.IsConflict | Should -BeFalse
        (Resolve-RunbookVariable Tell Development 'Octopus.Environment.*').Name | Should -Contain 'Octopus.Environment.Name'
        @(Get-RunbookVariable It | Resolve-RunbookVariable Tell Production).Value | Should -Be elsewhere
    }

    It 'shows what a step, a tenant, a target and the run itself change' {
        Set-RunbookVariable It all
        Set-RunbookVariable It step -Runbook Tell -Step Say
        (Resolve-RunbookVariable Tell Development It).Value | Should -Be all
        (Resolve-RunbookVariable Tell Development It -Step Say).Value | Should -Be step
        Set-RunbookVariable It tenant -Tenant Acme
        (Resolve-RunbookVariable Tell Development It -Tenant Acme).Value | Should -Be tenant
        $null = Add-DeploymentTarget -Local web1 -Environment Development -Tag web
        Set-RunbookVariable It target -Machine web1
        (Resolve-RunbookVariable Tell Development It -Target web1 -WarningVariable warned -WarningAction SilentlyContinue).Value | Should -Be target
        "$warned" | Should -Be "Such a run would leave out deployment target 'web1': no step of runbook 'Tell' is about deployment targets."
        (Resolve-RunbookVariable Tell Development It -Variable @{ It = 'run' }).Value | Should -Be run
        Get-RunbookVariable | Remove-RunbookVariable
        Remove-DeploymentTarget web1
    }

    It 'shows no secret, also where one is put into another value' {
        Set-RunbookVariable It $hidden
        Set-RunbookVariable Url 'user:#{It}@host'
        $shown = Resolve-RunbookVariable Tell Development -Variable @{ More = $hidden }
        ($shown | Where-Object Name -EQ It).Value | Should -Be '********'
        ($shown | Where-Object Name -EQ Url).Value | Should -Be 'user:********@host'
        $shown | ConvertTo-Json -Depth 5 | Should -Not -Match $secret
        $shown | Out-String -Width 500 | Should -Not -Match $secret
    }

    It 'tells of values that tie, and of names that are not there' {
        Set-RunbookVariable It one -Environment Development
        Set-RunbookVariable It two -Environment Development, Production
        $it = Resolve-RunbookVariable Tell Development It -ErrorVariable problem -ErrorAction SilentlyContinue
        $it.IsConflict | Should -BeTrue
        $it.Others.Reason | Should -Be 'it ties', 'it ties'
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'VariableConflict,*'
        { Resolve-RunbookVariable Tell Development -Step Sya -ErrorAction Stop } | Should -Throw -ErrorId 'StepNotFound,*'
        { Resolve-RunbookVariable Tell Development -Target web9 -ErrorAction Stop } | Should -Throw -ErrorId 'TargetNotFound,*'
        { Resolve-RunbookVariable Tell Development Itt -ErrorAction Stop } | Should -Throw -ErrorId 'VariableNotFound,*'
    }
}
