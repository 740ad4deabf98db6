# What people do to a module without meaning harm.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../output/OctoWorkers')
    $combinations = foreach ($errors in 'Continue', 'SilentlyContinue', 'Ignore', 'Stop') {
        foreach ($whatIf in $true, $false) { foreach ($strict in $true, $false) { foreach ($verbose in $true, $false) {
            @{ Errors = $errors; WhatIf = $whatIf; Strict = $strict; Verbose = $verbose }
        } } }
    }
}

BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store robust; Initialize-Store }
AfterAll { Remove-Store }

Describe 'The pipeline' {
    It 'stops after the first of 1,000 inputs when the consumer has enough' {
        1..1000 | ForEach-Object { "Pool$_" } | New-WorkerPool | Select-Object -First 1 | ForEach-Object Name | Should -Be Pool1
        @(Get-WorkerPool Pool*).Count | Should -BeLessThan 3
    }

    It 'takes 1,000 inputs' {
        $made = 1..1000 | ForEach-Object { "Environment$_" } | New-WorkerEnvironment
        $made.Count | Should -Be 1000
        @(Get-WorkerEnvironment Environment*).Count | Should -Be 1000
    }

    It 'passes on what a later command throws' {
        { Get-Worker | ForEach-Object { throw 'downstream' } } | Should -Throw downstream
        (Get-Worker).Count | Should -Be 3
    }
}

Describe 'Preferences' {
    It 'hold for errors <Errors>, -WhatIf <WhatIf>, strict mode <Strict>, -Verbose <Verbose>' -ForEach $combinations {
        $null = New-WorkerPool Kept -ErrorAction SilentlyContinue
        $said = & {
            if ($Strict) { Set-StrictMode -Version Latest }
            $ErrorActionPreference = $Errors
            $WhatIfPreference = $WhatIf
            $VerbosePreference = if ($Verbose) { 'Continue' } else { 'SilentlyContinue' }
            try { Remove-WorkerPool Missing, Kept -Verbose:$Verbose } catch { "threw $($_.FullyQualifiedErrorId)" }
        } 2>&1 4>&1
        $WhatIfPreference = $false
        $isThere = [bool] (Get-WorkerPool Kep*)
        $errorsSeen = @($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        if ($WhatIf) {
            # Nothing is promised for what is not there.
            $isThere | Should -BeTrue
            $errorsSeen.Count | Should -Be ([int] ($Errors -eq 'Continue'))
            "$said" -like '*threw WorkerPoolNotFound,*' | Should -Be ($Errors -eq 'Stop')
        }
        elseif ($Errors -eq 'Stop') {
            "$said" | Should -BeLike '*threw WorkerPoolNotFound,*'
            $isThere | Should -BeTrue
        }
        else {
            $isThere | Should -BeFalse
            $errorsSeen.Count | Should -Be ([int] ($Errors -eq 'Continue'))
            if ($Verbose) { "$said" | Should -Match "Worker pool 'Kept'" }
        }
    }
}

Describe 'Without a person' {
    It 'never prompts for <Line>' -ForEach @(
        @{ Line = 'Invoke-Runbook'; Code = 1 }
        @{ Line = 'Invoke-Runbook Greet'; Code = 1 }
        @{ Line = 'Remove-Worker worker9'; Code = 1 }
        @{ Line = 'Remove-WorkerPool Setup -Confirm'; Code = 1 }
        @{ Line = 'Get-RunbookPlan Greet Development'; Code = 0 }
    ) {
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; `$ErrorActionPreference = 'Stop'; $Line"
        $run.ExitCode | Should -Be $Code
        @(Get-WorkerPool Setup).Count | Should -Be 1
    }

    It 'writes errors to standard error and objects to standard output' {
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; Get-WorkerPool Setup, Nowhere | ForEach-Object Name"
        $run.Output.Trim() | Should -Be Setup
        $run.Error | Should -Match "no worker pool named 'Nowhere'"
    }

    It 'ends quietly when its reader has gone' {
        $text = bash -c "'$((Get-Process -Id $PID).Path)' -NoProfile -NonInteractive -Command `"Import-Module '$ModuleManifest'; Get-WorkerEnvironment`" | head -n 3; echo `${PIPESTATUS[1]}"
        $text[-1] | Should -Be 0
    }
}

Describe 'The store' {
    It 'is begun anew when it was removed while in use' {
        Use-Store removed
        $null = New-WorkerPool Before
        Remove-Item -Recurse -Force $env:OCTOWORKERS_HOME
        (Get-WorkerPool).Name | Should -Be 'Default Worker Pool'
        (New-WorkerPool After).Name | Should -Be After
    }

    It 'may be removed while a run goes on, which ends well all the same' {
        Use-Store removed-under-a-run
        Initialize-Store
        $gate = Join-Path $TestDrive gate
        $null = New-Runbook Gated {
            New-RunbookStep One -Bash "echo begun; until [ -e '$gate' ]; do sleep 0.05; done" -Pool Setup
            New-RunbookStep Two -Bash 'echo two' -Pool Setup
        }
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModuleManifest'; Invoke-Runbook Gated Development")
            $under = $shell.BeginInvoke()
            try {
                Wait-Until { "$($shell.Streams.Information)" -match 'begun' }
                Remove-Item -Recurse -Force $env:OCTOWORKERS_HOME
            }
            finally { $null = New-Item $gate }
            Wait-Until { $under.IsCompleted }
            $shell.EndInvoke($under)[0].Run.Status | Should -Be Success
            (Get-WorkerPool).Name | Should -Be 'Default Worker Pool'
        }
        finally { $shell.Dispose() }
    }

    It 'says StoreUnavailable where it cannot be' {
        $before = $env:OCTOWORKERS_HOME
        $env:OCTOWORKERS_HOME = '/dev/null/nothing'
        try { { Get-WorkerPool -ErrorAction Stop } | Should -Throw -ErrorId 'Store*' }
        finally { $env:OCTOWORKERS_HOME = $before }
    }

    It 'is changed with $env:OCTOWORKERS_HOME, at once' {
        Use-Store first
        $null = New-WorkerPool OnlyInFirst
        Use-Store second
        Get-WorkerPool OnlyIn* | Should -BeNullOrEmpty
        Use-Store first
        (Get-WorkerPool OnlyIn*).Name | Should -Be OnlyInFirst
    }

    It 'is shared by two sessions' {
        Use-Store shared
        $other = Invoke-Pwsh "Import-Module '$ModuleManifest'; New-WorkerPool Theirs | Out-Null; 1..20 | ForEach-Object { New-WorkerEnvironment `"Their`$_`" } | Out-Null"
        $other.Error | Should -BeNullOrEmpty
        Get-WorkerPool Theirs | Should -Not -BeNullOrEmpty
        $jobs = 1..2 | ForEach-Object {
            Start-Job { param($module, $store, $name) $env:OCTOWORKERS_HOME = $store; Import-Module $module; 1..50 | ForEach-Object { New-WorkerPool "$name$_" } | Out-Null } -ArgumentList $ModuleManifest, $env:OCTOWORKERS_HOME, "S$_-"
        }
        $jobs | Wait-Job -Timeout 120 | Receive-Job -ErrorAction Stop
        $jobs | Remove-Job -Force
        @(Get-WorkerPool S*).Count | Should -Be 100
    }

    It 'is shared with the command octoworkers' {
        $command = Get-OctoWorkersCommand
        if (-not $command) { Set-ItResult -Skipped -Because 'the command is not built: dotnet build the solution' ; return }
        Use-Store shared
        $null = dotnet $command environment add FromCommand --home $env:OCTOWORKERS_HOME
        (Get-WorkerEnvironment FromC*).Name | Should -Be FromCommand
        $null = New-WorkerEnvironment FromModule
        dotnet $command environment list --home $env:OCTOWORKERS_HOME | Out-String | Should -Match FromModule
    }
}
