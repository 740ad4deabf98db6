BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store runbooks; Initialize-Store }
AfterAll { Remove-Module OctoWorkers; Stop-Driver }

Describe 'New-Runbook' {
    It 'keeps a here-string as it stands' {
        $body = @'
cat <<END
$HOME 'and' "quotes"
END
'@
        $made = New-Runbook HereString { New-RunbookStep One -Bash $body -Pool Setup }
        $made.Steps[0].Action.Body | Should -Be $body
    }

    It 'makes steps in a loop of the session' {
        $made = New-Runbook Loop { foreach ($name in 'a', 'b', 'c') { New-RunbookStep $name -Bash "echo $name" -Pool Setup } }
        $made.Steps.Name | Should -Be a, b, c
    }

    It 'refuses a runbook without steps' {
        { New-Runbook Empty { } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*'
    }

    It 'refuses two steps of one name' {
        { New-Runbook Twice { New-RunbookStep A -Bash x; New-RunbookStep a -Bash y } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*'
    }

    It 'refuses a pool that is not there' {
        { New-Runbook Lost { New-RunbookStep A -Bash x -Pool Nowhere } -ErrorAction Stop } | Should -Throw
        Get-Runbook Lost -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'makes nothing with -WhatIf' {
        New-Runbook Never { New-RunbookStep A -Bash x -Pool Setup } -WhatIf
        Get-Runbook Neve* | Should -BeNullOrEmpty
    }

    It 'says where a script block has a syntax error' {
        { [scriptblock]::Create('New-Runbook X { New-RunbookStep A { if ( } }') } | Should -Throw
    }
}

Describe 'New-RunbookStep' {
    It 'keeps a script block as text' {
        (New-RunbookStep A { Get-Date -Format o }).Action.Body.Trim() | Should -Be 'Get-Date -Format o'
    }

    It 'refuses $using:, which would be nothing when the step runs' {
        { New-RunbookStep A { "$using:PSHOME" } } | Should -Throw -ErrorId 'InvalidDefinition,*' -ExpectedMessage '*$using:PSHOME*OctopusParameters*'
    }

    It 'keeps the here-string of a script block as it stands' {
        $step = New-RunbookStep A {
            $text = @'
  two spaces
'@
            $text
        }
        $step.Action.Body | Should -Match "(?m)^  two spaces\n'@"
        & ([scriptblock]::Create($step.Action.Body)) | Should -Be '  two spaces'
    }

    It 'takes the language of a file from its name' {
        Set-Content (Join-Path $TestDrive s.sh) 'echo hi'
        $step = New-RunbookStep A -Path (Join-Path $TestDrive s.sh)
        $step.Action.Syntax | Should -Be Bash
        { New-RunbookStep A -Path (Join-Path $TestDrive s.txt) -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
        { New-RunbookStep A -Path (Join-Path $TestDrive none.sh) -ErrorAction Stop } | Should -Throw -ErrorId 'DefinitionNotReadable,*'
    }

    It 'refuses a pool and a pool variable together' {
        { New-RunbookStep A -Bash x -Pool Setup -PoolVariable P } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}

Describe 'Set-Runbook and Remove-Runbook' {
    It 'replaces the steps and keeps the rest' {
        $null = New-Runbook Change { New-RunbookStep A -Bash a -Pool Setup } -Description kept
        Set-Runbook Change { New-RunbookStep B -Bash b -Pool Setup }
        $now = Get-Runbook Change
        $now.Steps.Name | Should -Be B
        $now.Description | Should -Be kept
    }

    It 'removes through the pipeline' {
        Get-Runbook Change | Remove-Runbook
        { Get-Runbook Change -ErrorAction Stop } | Should -Throw -ErrorId 'RunbookNotFound,*'
    }
}

Describe 'Import-Runbook and Test-Runbook' {
    BeforeAll {
        $good = Join-Path $TestDrive 'good [1].yaml'
        Set-Content -LiteralPath $good "runbooks: [{ name: Imported, steps: [{ name: A, pool: Setup, bash: echo hi }] }]"
        $bad = Join-Path $TestDrive bad.yaml
        Set-Content $bad "runbooks:`n  - name: Bad`n    steps: []"
    }

    It 'imports a file whose name has brackets, and says what became of it' {
        $change = Import-Runbook $good
        $change.Name | Should -Be Imported
        $change.Change | Should -Be Added
        (Import-Runbook $good).Change | Should -Be Unchanged
    }

    It 'tests a good file' { Test-Runbook $good | Should -BeTrue }

    It 'names file and line of each problem, and is false' {
        $valid = Test-Runbook $bad -ErrorVariable problem -ErrorAction SilentlyContinue
        $valid | Should -BeFalse
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDefinition,*'
        $problem[0].Exception.Message | Should -BeLike '*bad.yaml:*:*'
    }

    It 'stores nothing of a file with a problem' {
        { Import-Runbook $bad -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*'
        Get-Runbook Ba* | Should -BeNullOrEmpty
    }

    It 'says which path is not there' {
        { Import-Runbook (Join-Path $TestDrive none.yaml) -ErrorAction Stop } | Should -Throw -ErrorId 'DefinitionNotReadable,*'
    }
}
