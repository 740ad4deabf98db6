BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store workers
    $null = New-WorkerPool Setup, Linux
}
AfterAll { Remove-Store }

Describe 'Worker' {
    It 'adds this machine' {
        $made = Add-Worker -Local here -Pool Setup -Tag debian
        $made.Connection.Kind | Should -Be local
        $made.Pools | Should -Be Setup
        $made.HealthStatus | Should -Be Unknown
    }

    It 'adds machines that come through the pipeline to several pools' {
        $made = 'web1.example.org', 'web2.example.org' | Add-Worker -Pool Setup, Linux -UserName deploy -Port 2222
        $made.Name | Should -Be 'web1.example.org', 'web2.example.org'
        $made[0].Connection.Port | Should -Be 2222
        $made[1].Pools | Should -Be Setup, Linux
    }

    It 'takes pools as objects' {
        (Add-Worker -Local objects -Pool (Get-WorkerPool Setup, Linux)).Pools | Should -Be Setup, Linux
        Remove-Worker objects
    }

    It 'adds what a table says' {
        $made = 'Name,HostName,Port', 'alpha,10.0.0.11,22' | ConvertFrom-Csv | Add-Worker -Pool Linux
        $made.Name | Should -Be alpha
        $made.Connection.Host | Should -Be 10.0.0.11
    }

    It 'puts a worker without a pool into the default pool' {
        (Add-Worker -Local nowhere).Pools | Should -Be 'Default Worker Pool'
        Remove-Worker nowhere
    }

    It 'refuses one name for two hosts' {
        { Add-Worker a.example.org, b.example.org -Name both -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'takes a name first where the host is given by name, and second otherwise' {
        (Add-Worker first -HostName web3.example.org -Pool Setup).Connection.Host | Should -Be web3.example.org
        (Add-Worker second -ComputerName win1 -Pool Setup).Name | Should -Be second
        (Add-Worker web4.example.org third).Name | Should -Be third
        Remove-Worker first, second, third
    }

    It 'does not take the policy of a pool for that of a worker' {
        { Get-WorkerPool Setup | Add-Worker -Local pooled -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
    }

    It 'refuses a host that looks like an option' {
        { Add-Worker -HostName '-oProxyCommand=x' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*'
    }

    It 'keeps what is not given when it is changed' {
        Set-Worker web1.example.org -Tag eu
        $now = Get-Worker web1.example.org
        $now.Tags | Should -Be eu
        $now.Connection.Port | Should -Be 2222
        $now.Pools | Should -Be Setup, Linux
    }

    It 'takes a key from the location of the session' {
        Push-Location $TestDrive
        try { Set-Worker web1.example.org -KeyFilePath ./id } finally { Pop-Location }
        (Get-Worker web1.example.org).Connection.IdentityFile | Should -Be (Join-Path $TestDrive id)
    }

    It 'does not give a host to a worker that is this machine' {
        { Set-Worker here -HostName other -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'checks this machine and finds its shell' {
        $checked = Test-Worker here
        $checked.HealthStatus | Should -Be Healthy
        $checked.Capabilities.Count | Should -BeGreaterThan 0
        (Get-Worker here).HealthStatus | Should -Be Healthy
    }

    It 'selects by pool and health' {
        (Get-Worker -Pool Setup -Health Healthy).Name | Should -Be here
    }

    It 'is disabled, drained and enabled' {
        (Disable-Worker here -PassThru).State | Should -Be Disabled
        (Disable-Worker here -Drain -PassThru).State | Should -Be Draining
        (Get-Worker here | Enable-Worker -PassThru).State | Should -Be Enabled
    }

    It 'promises nothing for what is not there: <Line>' -ForEach @(
        @{ Line = 'Remove-Worker he*' }, @{ Line = 'Set-Worker none -Tag a' }, @{ Line = 'Disable-Worker none' }, @{ Line = 'Enable-Worker none' }
    ) {
        { & ([scriptblock]::Create("$Line -WhatIf -ErrorAction Stop")) } | Should -Throw -ErrorId 'WorkerNotFound,*'
    }

    It 'speaks of pools when a worker is drawn, and of no step' {
        { Select-Worker none -ErrorAction Stop } | Should -Throw -ErrorId 'WorkerPoolNotFound,*' -ExpectedMessage "There is no worker pool 'none'*"
        $null = New-WorkerPool Empty
        { Select-Worker Empty -ErrorAction Stop } | Should -Throw -ErrorId 'NoEligibleWorker,*' -ExpectedMessage "No worker can be drawn: pool 'Empty' has no workers.*"
    }

    It 'removes what comes through the pipeline' {
        Get-Worker *.example.org | Remove-Worker
        Get-Worker *.example.org | Should -BeNullOrEmpty
    }
}
