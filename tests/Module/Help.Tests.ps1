# Help of every cmdlet and topic; its examples are run by Examples.Tests.ps1.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../output/OctoWorkers')
    $commands = Get-Command -Module OctoWorkers | ForEach-Object { @{ Name = $_.Name } }
    $topics = 'about_OctoWorkers', 'about_Worker_Selection', 'about_Runbooks', 'about_Scheduled_Runbooks', 'about_Runbook_Variables' | ForEach-Object { @{ Topic = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    # That each of these is found is a test of its own.
    $topics = Get-ChildItem (Join-Path (Split-Path $ModuleManifest) en-US) -Filter about_*.help.txt | ForEach-Object { $_.Name -replace '\.help\.txt$' }
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters
}

Describe 'The help of <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Name -Full
        $command = Get-Command $Name -Module OctoWorkers
    }

    It 'has a synopsis, a description, inputs and outputs' {
        $help.Synopsis | Should -Match '\w+ .*\.'
        $help.Synopsis | Should -Not -BeLike "*$Name *[[]*"
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter, and no other' {
        $declared = $command.Parameters.Values | Where-Object { $_.Name -notin $common -and -not $_.IsDynamic } | ForEach-Object Name | Sort-Object
        $help.parameters.parameter.name | Sort-Object | Should -Be $declared
        $help.parameters.parameter | Where-Object { -not $_.description.Text } | Should -BeNullOrEmpty
    }

    It 'has the syntax of each parameter set' {
        @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count
    }

    It 'shows each parameter by itself' {
        # As asking for one by its name does, which finds the page anew each time.
        (Get-Help $Name -Parameter * -ErrorAction Ignore | Out-String) -split '(?m)(?=^-)' | Where-Object { $_ -match '^-(\S+)' } | ForEach-Object { $Matches[1] } |
            Sort-Object | Should -Be (@($help.parameters.parameter.name) | Sort-Object)
        $first = @($help.parameters.parameter.name)[0]
        if ($first) { (Get-Help $Name -Parameter $first | Out-String) | Should -Match "-$first" }
    }

    It 'has two examples at least, each with an introduction and code' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 2
        foreach ($example in $examples) {
            $example.introduction.Text | Should -Not -BeNullOrEmpty
            $example.code | Should -Not -BeNullOrEmpty
        }
    }

    It 'links only to what there is' {
        foreach ($link in $help.relatedLinks.navigationLink.linkText) {
            if ($link -like 'about_*') { $link | Should -BeIn $topics }
            else { Get-Command $link -Module OctoWorkers -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty -Because "$link is linked" }
        }
    }
}

Describe 'The topic <Topic>' -ForEach $topics {
    It 'is found, with its short description' {
        (Get-Help $Topic | Out-String) | Should -Match 'SHORT DESCRIPTION'
        (Get-Help "$Topic*" | Where-Object Name -eq $Topic).Synopsis | Should -Not -BeNullOrEmpty
    }

    It 'fits 80 columns, but for lines that are copied' {
        $file = Join-Path (Split-Path $ModuleManifest) "en-US/$Topic.help.txt"
        Get-Content $file | Where-Object { $_.Length -gt 80 -and $_ -notmatch '^ {8}' } | Should -BeNullOrEmpty
    }
}
