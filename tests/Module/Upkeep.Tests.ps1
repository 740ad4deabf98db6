BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store upkeep; Initialize-Store }
AfterAll { Remove-Store }

Describe 'Upkeep' {
    It 'manages machine policies' {
        $null = New-WorkerMachinePolicy Disks -Bash 'write_warning full' -Interval 0:30 -Capability @{ widget = 'echo 1.2.3' }
        Set-Worker worker1 -Policy Disks
        $worker = Test-Worker worker1
        $worker.HealthStatus | Should -Be HasWarnings
        $worker.Capabilities['widget'] | Should -Be '1.2.3'
        { Remove-WorkerMachinePolicy Disks -ErrorAction Stop } | Should -Throw -ErrorId 'InUse,*'
    }

    It 'applies retention, and shows it first' {
        1..2 | ForEach-Object { $null = Invoke-Runbook Greet Development 6>$null }
        Set-WorkerEnvironment Development -Retention '1 run'
        Invoke-RunbookRetention -WhatIf | Should -BeNullOrEmpty
        @(Get-RunbookRun).Count | Should -Be 2
        @(Invoke-RunbookRetention).Count | Should -Be 1
        @(Get-RunbookRun).Count | Should -Be 1
    }

    It 'exports a log, backs the store up, restores, tests and compacts it' {
        $file = Get-RunbookRun | Export-RunbookLog -Path "$TestDrive/a.log"
        Get-Content -Raw $file | Should -Match 'hello from'
        (Backup-RunbookStore "$TestDrive/store.backup" | Restore-RunbookStore -Destination "$TestDrive/copy").Runs | Should -Be 1
        (Restore-RunbookStore "$TestDrive/store.backup" "$TestDrive/again").IsVerified | Should -BeTrue
        { Restore-RunbookStore "$TestDrive/store.backup" "$TestDrive/copy" -ErrorAction Stop } | Should -Throw -ErrorId 'AlreadyExists,*' -ExpectedMessage '*Restore into another folder, or*'
        Restore-RunbookStore "$TestDrive/store.backup" "$TestDrive/other" -WhatIf
        Set-Content "$TestDrive/cut.backup" -AsByteStream -Value ([IO.File]::ReadAllBytes("$TestDrive/store.backup") | Select-Object -SkipLast 3)
        { Restore-RunbookStore "$TestDrive/cut.backup" "$TestDrive/other" -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'StoreCorrupt,*'
        "$TestDrive/other" | Should -Not -Exist
        (Test-RunbookStore).IsSound | Should -BeTrue
        (Optimize-RunbookStore).Gained | Should -BeGreaterOrEqual 0
    }

    It 'neither tests nor backs up a store that is not there' {
        $there = $env:OCTOWORKERS_HOME
        try {
            $env:OCTOWORKERS_HOME = "$TestDrive/mistyped"
            { Test-RunbookStore -ErrorAction Stop } | Should -Throw -ErrorId 'StoreUnavailable,*' -ExpectedMessage '*There is no store in*mistyped*'
            { Backup-RunbookStore "$TestDrive/none.backup" -ErrorAction Stop } | Should -Throw -ErrorId 'StoreUnavailable,*'
            "$TestDrive/mistyped", "$TestDrive/none.backup" | Should -Not -Exist
        }
        finally { $env:OCTOWORKERS_HOME = $there }
    }
}
