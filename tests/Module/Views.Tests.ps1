# What people see: the views of every type that a cmdlet writes.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../output/OctoWorkers')
    $types = (Get-Command -Module OctoWorkers).OutputType.Name | Where-Object { $_ -like 'OctoWorkers.*Record' -or $_ -in 'OctoWorkers.RunDetails', 'OctoWorkers.RunSummary', 'OctoWorkers.LogLine', 'OctoWorkers.WorkerLease', 'OctoWorkers.PlannedRun', 'OctoWorkers.StepDefinition', 'OctoWorkers.RunArtifact' -or $_ -like '*.RunbookVariableValue' } | Sort-Object -Unique
}

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store views
    Initialize-Store
    $good = Invoke-Runbook Deploy Development 6>$null
    $bad = Invoke-Runbook Broken Development -ErrorAction SilentlyContinue 6>$null
    $rendering = $PSStyle.OutputRendering
    $escape = [char] 27
}
AfterAll { $PSStyle.OutputRendering = $rendering; Remove-Store }

Describe 'A view' {
    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }

    It 'is there for <_>' -ForEach $types {
        Get-FormatData $_ -PowerShellVersion $PSVersionTable.PSVersion | Should -Not -BeNullOrEmpty
    }

    It 'shows workers with connection, pools, state and health' {
        Get-Worker worker1 | Out-String | Should -Match 'worker1 +local +Setup +Enabled +Healthy'
    }

    It 'shows what belongs to an object in words, not as a type, in lists' {
        $list = Get-Worker worker1 | Format-List | Out-String
        $list | Should -Match 'Connection +: local\r?\n'
        $list | Should -Match 'Health +: Healthy\r?\n'
        Select-Worker -Pool Setup -WhatIf 6>$null | Format-List | Out-String | Should -Not -Match 'OctoWorkers|System\.|\{ \w+ ='
        (Get-RunbookPlan Deploy Development).Draws | Out-String | Should -Not -Match 'System\.|\{ \w+ ='
    }

    It 'colours health where colours are shown, and only there' {
        Get-Worker worker1 | Out-String | Should -Not -Match $escape
        $PSStyle.OutputRendering = 'Ansi'
        Get-Worker worker1 | Out-String | Should -Match "$escape\[32mHealthy$escape\[0m"
    }

    It 'has no colours where NO_COLOR is set' {
        $env:NO_COLOR = '1'
        try { (Invoke-Pwsh "Import-Module '$ModuleManifest'; Get-Worker; Invoke-Runbook Greet Development").Output | Should -Not -Match "$escape\[3" }
        finally { $env:NO_COLOR = $null }
    }

    It 'shows a run as a tree' {
        $text = $good | Out-String
        $text | Should -Match 'RunbookRuns-\d+  Deploy in Development  Success after'
        $text | Should -Match '├─ 1\. Fetch +Succeeded +worker\d +\d'
        $text | Should -Match '└─ 2\. Install +Succeeded'
    }

    It 'shows what is left of a run that came out of a file or from another process' {
        foreach ($depth in 1, 2) {
            $left = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($bad, $depth))
            $left | Out-String -Width 200 | Should -Match "^\s*$($bad.Id)  Broken in Development  Failed after \d.*\n└─ 1\. Break  Failed +worker\d  \d.*\n +.*3"
            $left | Format-Table | Out-String -Width 200 | Should -Match "$($bad.Id) +Broken +Development +Failed +(now|\d+ \w+ ago) +\d"
        }
    }

    It 'has no empty columns for <Of> that came out of a file' -ForEach @(
        @{ Of = 'a list of runs'; Line = { Get-RunbookRun -Runbook Deploy }; Like = 'RunbookRuns-1 +Deploy +Development +Success +(now|\d+ \w+ ago) +\d' }
        @{ Of = 'a log'; Line = { Receive-RunbookRun 1 -Step Fetch }; Like = '\d\d:\d\d:\d\d\.\d{3} +Fetch +Information +fetched' }
        @{ Of = 'runbooks'; Line = { Get-Runbook Greet }; Like = 'Greet +1 +(now|\d+ \w+ ago) +Says hello' }
        @{ Of = 'a plan'; Line = { Get-RunbookPlan Deploy Development }; Like = 'Steps +: 1\. Fetch +Setup +worker\d' }
        @{ Of = 'a draw'; Line = { Select-Worker Setup }; Like = 'Setup +worker\d +\w+' }
        @{ Of = 'steps'; Line = { (Get-Runbook Greet).Steps }; Like = 'Greet +Setup +Success +AfterPrevious' }
    ) {
        $file = Join-Path $TestDrive left.xml
        & $Line | Export-Clixml $file
        Import-Clixml $file | Out-String -Width 200 | Should -Match $Like
    }

    It 'shows why a run failed' {
        $bad | Out-String | Should -Match 'exit(ed)? .*3'
    }

    It 'shows tenants with their tags' {
        New-WorkerTenant Acme -Tag Region/Europe, Ring/Early | Out-String | Should -Match 'Acme +Region/Europe, Ring/Early'
    }

    It 'shows variables with their scope, and no secret' {
        Set-RunbookVariable Url http://localhost -Environment Development
        Set-RunbookVariable Token (ConvertTo-SecureString seen-by-nobody -AsPlainText -Force) -Runbook Deploy
        $text = Get-RunbookVariable | Out-String -Width 150
        $text | Should -Match "Url +http://localhost +Text +environment 'Development' +set Default"
        $text | Should -Match 'Token +\*{8} +Sensitive +unscoped +runbook Deploy'
        Get-RunbookVariable | Format-List | Out-String | Should -Not -Match 'seen-by-nobody|VariableScope {'
    }

    It 'shows a list of runs with how long they took' {
        Get-RunbookRun | Out-String -Width 150 | Should -Match 'RunbookRuns-1 +Deploy +Development +Success +.* \d+(\.\d)? m?s'
    }

    It 'shows a log with time, step, level and text' {
        Receive-RunbookRun $good -Step 1 | Out-String -Width 150 | Should -Match '\d\d:\d\d:\d\d\.\d{3} +Fetch +Information +fetched'
    }

    It 'gives a run the members that are asked for most' {
        $good | Select-Object Runbook, Environment, Status, HasEnded | Format-List | Out-String | Should -Match '(?s)Deploy.*Development.*Success.*True'
        $good.Ended | Should -BeGreaterThan $good.Started
    }

    It 'lists a run without what is inside of it' {
        $good | Format-List | Out-String | Should -Not -Match 'RunRecord {'
    }

    It 'writes things into text by their names' {
        "$good $(Get-Worker worker1) $(Get-WorkerPool Setup) $(Get-WorkerEnvironment Development) $(Get-Runbook Greet) $(New-WorkerTenant Globex)" |
            Should -Be "$($good.Id) worker1 Setup Development Greet Globex"
    }

    It 'keeps its words in a culture with other signs' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            [OctoWorkers.PowerShell.Formatting.TimeText]::Took([DateTimeOffset]::UnixEpoch, [DateTimeOffset]::UnixEpoch.AddSeconds(1.5)) | Should -Be '1.5 s'
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }
}
