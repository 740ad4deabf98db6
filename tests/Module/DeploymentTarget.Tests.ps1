BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store targets; Initialize-Store }
AfterAll { Remove-Store }

Describe 'DeploymentTarget' {
    It 'adds targets and gives them back by environment and tag' {
        $made = Add-DeploymentTarget -Local web1 -Environment Development -Tag web, db
        $made.Id.ToString() | Should -BeLike 'Machines-*'
        $null = Add-DeploymentTarget -Local web2 -Environment Development -Tag web -Disabled
        (Get-DeploymentTarget -Tag WEB).Name | Should -Be web1, web2
        (Get-DeploymentTarget -Environment development -Tag db).Name | Should -Be web1
        (Get-DeploymentTarget web1).Tags | Should -Be web, db
        (Get-DeploymentTarget web2).Disabled | Should -BeTrue
        (Get-Worker).Name | Should -Not -Contain web1
    }

    It 'refuses the name of a worker, and a name that is not there' {
        { Add-DeploymentTarget -Local worker1 -Environment Development -Tag web -ErrorAction Stop } | Should -Throw -ErrorId 'AlreadyExists,*'
        Set-DeploymentTarget wbe1 -Tag a -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'TargetNotFound,*'
        $problem[0].Exception.Message | Should -BeLike "*Did you mean 'web1'?"
    }

    It 'changes what is given and keeps the rest' {
        Set-DeploymentTarget web2 -Disabled $false | Should -BeNullOrEmpty
        $now = Set-DeploymentTarget web2 -Tag web, canary -BypassDeploymentMutex $true -PassThru
        $now.Tags | Should -Be web, canary
        $now.Disabled | Should -BeFalse
        $now.BypassDeploymentMutex | Should -BeTrue
        (Test-DeploymentTarget web2).HealthStatus | Should -Be Healthy
    }

    It 'is for tenants, which decide whether a run chooses it' {
        $null = New-WorkerTenant Acme -Tag Ring/Early
        $null = New-WorkerTenant Globex
        $made = Add-DeploymentTarget -Local ours -Environment Development -Tag shared -Tenant Acme
        $made.Tenants.Participation | Should -Be Tenanted
        $made.Tenants.Names | Should -Be Acme
        (Get-DeploymentTarget -Tenant acme).Name | Should -Be ours
        Get-DeploymentTarget -Tenant Globex | Should -BeNullOrEmpty
        $now = Set-DeploymentTarget ours -TenantTag Ring/Early -Tenant @() -Participation TenantedOrUntenanted -PassThru
        "$($now.Tenants)" | Should -Be 'TenantedOrUntenanted: Ring/Early'
        { Set-DeploymentTarget ours -Participation Untenanted -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*' -ExpectedMessage '*-Tenant @() -TenantTag @()*'
        Set-WorkerTenant Acme -Tag @() -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Be "No tenant has the tag 'Ring/Early' any more, and deployment target 'ours' is for tenants that have it."
        (Set-DeploymentTarget ours -Participation Untenanted -Tenant @() -TenantTag @() -PassThru).Tenants.Tags | Should -BeNullOrEmpty
        Set-DeploymentTarget ours -Participation Tenanted -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDefinition,*'
        Remove-DeploymentTarget ours
    }

    It 'is reached as a worker may be' {
        $far = Add-DeploymentTarget far.example.org -PowerShell -Subsystem pwsh-7 -MaxSessions 4 -UserName deploy -Port 2222 -Environment Development -Tag far
        $far.Connection.Kind | Should -Be powershell
        $far.Connection.Via.Host | Should -Be far.example.org
        $credential = [pscredential]::new('EXAMPLE\ana', (ConvertTo-SecureString 'correct horse battery' -AsPlainText -Force))
        $windows = Add-DeploymentTarget -ComputerName win1, win2 -UseSSL -Credential $credential -Environment Development -Tag win
        $windows.Name | Should -Be win1, win2
        $windows[0].Connection.Via.User | Should -Be 'EXAMPLE\ana'
        $windows | ConvertTo-Json -Depth 6 | Should -Not -Match 'horse'
        $now = Set-DeploymentTarget far.example.org -Port 22 -MaxSessions 0 -PassThru
        $now.Connection.Via.Port | Should -Be 22
        $now.Connection.MaxSessions | Should -BeNullOrEmpty
        $now.Connection.Subsystem | Should -Be pwsh-7
        { Set-DeploymentTarget win1 -HostName other -ErrorAction Stop } | Should -Throw "Deployment target 'win1' is reached by *no -HostName*"
        { Add-DeploymentTarget a, b -Name both -Environment Development -Tag x -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
        Get-DeploymentTarget -Tag far, win | Remove-DeploymentTarget -Confirm:$false
    }

    It 'takes a name where the host is given by name' {
        (Add-DeploymentTarget named -HostName far.example.org -Environment Development -Tag far).Connection.Host | Should -Be far.example.org
        (Add-DeploymentTarget other.example.org Development far).Name | Should -Be other.example.org
        (Add-DeploymentTarget third.example.org Development far third).Name | Should -Be third
        { Remove-DeploymentTarget far -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'TargetNotFound,*'
        Remove-DeploymentTarget named, other.example.org, third
    }

    It 'completes names and tags' {
        $line = 'Get-DeploymentTarget we'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be web1, web2
        $line = 'New-RunbookStep a -TargetTag can'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be canary
    }

    It 'is what steps are about' {
        $null = New-Runbook Everywhere {
            New-RunbookStep Install -TargetTag web -Bash 'echo "on #{Octopus.Machine.Name}"'
            New-RunbookStep Announce -TargetTag web -OnWorker -Pool Setup -TargetWindow 1 -Bash 'echo "for #{Octopus.Machine.Name}"'
        } -UnavailableTargets Skip
        $plan = Get-RunbookPlan Everywhere Development
        $plan.Plan.Steps[0].Targets.Name | Should -Be web1, web2
        "$($plan | Out-String)" | Should -Match 'for web1, web2'
        $null = Invoke-Runbook Everywhere Development -InformationVariable log 6>$null
        "$log" | Should -Match 'on web1'
        "$log" | Should -Match 'for web2'
    }

    It 'refuses steps that do not go together' {
        { New-RunbookStep a -Bash x -OnWorker } | Should -Throw -ErrorId 'InvalidArgument,*'
        { New-RunbookStep a -Bash x -TargetTag web -Pool Setup } | Should -Throw -ErrorId 'InvalidArgument,*'
        { New-RunbookStep a -Runbook Greet -TargetTag web } | Should -Throw -ErrorId 'InvalidDefinition,*'
        { New-Runbook Never { New-RunbookStep a -Bash x -TargetTag wbe } -ErrorAction Stop } | Should -Throw -ExpectedMessage "*Did you mean 'web'*"
    }

    It 'goes only when no run holds it, and nothing with -WhatIf' {
        Get-DeploymentTarget | Remove-DeploymentTarget -WhatIf
        @(Get-DeploymentTarget).Count | Should -Be 2
        Get-DeploymentTarget | Remove-DeploymentTarget -Confirm:$false
        Get-DeploymentTarget | Should -BeNullOrEmpty
    }
}
