# Rules that every cmdlet of the module follows.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../output/OctoWorkers')
    $commands = Get-Command -Module OctoWorkers | ForEach-Object { @{ Name = $_.Name } }
    $reading = 'Enter', 'Get', 'Test', 'Wait', 'Receive', 'Export', 'Save'
    $changing = $commands | Where-Object { ($_.Name -split '-')[0] -notin $reading -and $_.Name -notin 'New-RunbookStep', 'Resolve-RunbookVariable' }
    $removing = $commands | Where-Object Name -like 'Remove-*'
    $nameable = 'Name', 'Pool', 'Environment', 'ExcludedEnvironment', 'RunEnvironment', 'Runbook', 'Worker', 'Tenant', 'SkipStep', 'Id', 'Run', 'Parent',
        'TenantTag', 'Set', 'VariableSet', 'ForRunbook', 'Machine', 'PoolVariable', 'Module', 'Demand'
    $completed = Get-Command -Module OctoWorkers | ForEach-Object {
        $command = $_
        $command.Parameters.Values | Where-Object { $_.Name -in $nameable } |
            # Whoever makes a new thing, or changes it from outside, thinks of a name of his own.
            Where-Object { -not ($_.Name -eq 'Name' -and $command.Verb -in 'New', 'Add') } |
            ForEach-Object { @{ Command = $command.Name; Parameter = $_.Name } }
    }
}

BeforeAll { . $PSScriptRoot/Setup.ps1 }

Describe 'The module' {
    It 'exports exactly the cmdlets that its manifest names' {
        $manifest = Import-PowerShellDataFile $ModuleManifest
        (Get-Command -Module OctoWorkers).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
    }

    It 'exports no functions, aliases or variables' {
        $module = Get-Module OctoWorkers
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'imports without a warning about its verbs' {
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest' 3>&1"
        $run.Output | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }
}

Describe '<Name>' -ForEach $commands {
    BeforeAll { $command = Get-Command $Name -Module OctoWorkers }

    It 'has an approved verb' { $command.Verb | Should -BeIn (Get-Verb).Verb }

    It 'says what it writes' {
        if ($command.Verb -notin 'Remove', 'Enter') { $command.OutputType.Count | Should -BeGreaterThan 0 }
        else { $command.OutputType.Count | Should -Be 0 }
    }

    It 'has parameters in the singular' {
        $plural = $command.Parameters.Values | Where-Object { $_.ParameterType.IsArray -and $_.Name -match '[^su]s$' }
        $plural.Name | Should -BeNullOrEmpty
    }
}

Describe 'Lists' {
    It 'can be indexed, whatever list the engine made' {
        (New-RunbookStep A -Bash x -Demand a, b).Demands[1].ToString() | Should -Be b
        (New-RunbookStep A -Bash x -Environment a, b).Environments[0] | Should -Be a
    }
}

Describe '<Name>, which changes state' -ForEach $changing {
    It 'has -WhatIf and -Confirm' {
        $command = Get-Command $Name -Module OctoWorkers
        $command.Parameters.Keys | Should -Contain WhatIf
        $command.Parameters.Keys | Should -Contain Confirm
    }
}

Describe '<Name>, which removes' -ForEach $removing {
    It 'takes what the Get- cmdlet of its noun writes' {
        $command = Get-Command $Name -Module OctoWorkers
        $command.Parameters.Values.Where{ $_.Attributes.ValueFromPipeline -or $_.Attributes.ValueFromPipelineByPropertyName }.Count | Should -BeGreaterThan 0
    }
}

Describe '-<Parameter> of <Command>' -ForEach $completed {
    It 'is completed' {
        $attributes = (Get-Command $Command -Module OctoWorkers).Parameters[$Parameter].Attributes
        $attributes.Where{ $_ -is [System.Management.Automation.ArgumentCompleterAttribute] }.Count | Should -Be 1
    }
}
