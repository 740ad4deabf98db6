BeforeAll { . $PSScriptRoot/Setup.ps1; Use-Store runbooks; Initialize-Store }
AfterAll { Remove-Store }

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

    It 'takes a text where it takes a script block, and keeps it as it stands' {
        $text = "if (`$true) {`n    'hi'`n}`n"
        (New-RunbookStep A -PowerShell $text).Action.Body | Should -BeExactly $text
        (New-RunbookStep A $text).Action.Syntax | Should -Be PowerShell
        (New-RunbookStep A -PowerShell "using module NotOnThisMachine`n'hi'").Name | Should -Be A
    }

    It 'says where a text is no script' {
        { New-RunbookStep A -PowerShell "'hi'`n  {" } | Should -Throw -ErrorId 'InvalidDefinition,*' -ExpectedMessage "Step 'A'*line 2, column 3:*"
        { New-RunbookStep A -PowerShell 'a', 'b' } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*Get-Content -Raw*'
    }

    It 'refuses an empty script' {
        { New-RunbookStep A -Bash '' } | Should -Throw -ErrorId 'InvalidDefinition,*' -ExpectedMessage '*empty*'
        { New-RunbookStep A -Python ' ' } | Should -Throw -ErrorId 'InvalidDefinition,*'
        { New-RunbookStep A { } } | Should -Throw -ErrorId 'InvalidDefinition,*'
    }

    It 'takes the language of a file from its name' {
        Set-Content (Join-Path $TestDrive s.sh) 'echo hi'
        $step = New-RunbookStep A -Path (Join-Path $TestDrive s.sh)
        $step.Action.Syntax | Should -Be Bash
        { New-RunbookStep A -Path (Join-Path $TestDrive s.txt) -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
        { New-RunbookStep A -Path (Join-Path $TestDrive none.sh) -ErrorAction Stop } | Should -Throw -ErrorId 'DefinitionNotReadable,*'
    }

    It 'refuses a file that is not UTF-8, and values with a NUL' {
        [IO.File]::WriteAllBytes((Join-Path $TestDrive latin.sh), [byte[]](0x65, 0x63, 0x68, 0x6F, 0x20, 0xE9))
        { New-RunbookStep A -Path (Join-Path $TestDrive latin.sh) -ErrorAction Stop } | Should -Throw -ErrorId 'DefinitionNotReadable,*' -ExpectedMessage '*the byte 0xE9 at offset 5*'
        { New-RunbookStep A -Runbook R -Variable @{ V = "a`0b" } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*' -ExpectedMessage "*variable 'V' holds a NUL*"
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

    It 'writes an error for each problem, whose target is the file, with <_>' -ForEach Import-Runbook, Test-Runbook {
        $two = Join-Path $TestDrive two.yaml
        Set-Content $two 'environments: [{ name: A, foo: 1, bar: 2 }]'
        $null = & $_ $two -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.Count | Should -Be 2
        $problem[0].Exception.Message | Should -BeLike "${two}:1:*'foo'*"
        $problem[1].Exception.Message | Should -BeLike "${two}:1:*'bar'*"
        $problem.TargetObject | Should -Be $two, $two
    }

    It 'stores nothing of a file with a problem' {
        { Import-Runbook $bad -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidDefinition,*'
        Get-Runbook Ba* | Should -BeNullOrEmpty
    }

    It 'says which path is not there' {
        $none = Join-Path $TestDrive none.yaml
        Import-Runbook $none -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'DefinitionNotReadable,*'
        $problem[0].TargetObject | Should -BeExactly $none
    }
}

Describe 'Export-Runbook' {
    BeforeAll {
        $file = Join-Path $TestDrive whole.yaml
        Set-Content $file @'
runbooks:
  - name: Whole
    description: Has much
    environments: [Development]
    variables:
      - { name: Where, pool: Setup }
      - { name: Url, value: 'http://#{Service}', scope: { environments: [Development], steps: [Say] }, description: Address }
    prompts:
      - { name: Service, label: Which one, options: [ web, queue ], required: true }
      - { name: Loud, control: checkbox, default: false }
    steps:
      - name: Say
        poolVariable: Where
        retry: { count: 2, backoff: 5s }
        timeout: 1m
        bash: |
          echo "it is #{Url}"
      - { name: After, pool: Setup, condition: always, python: 'print("after")', demands: [python3] }
'@
        $null = Import-Runbook $file
    }

    It 'gives what Import-Runbook takes, and nothing of it is lost' {
        $text = Export-Runbook Whole, Deploy
        $copy = Join-Path $TestDrive copy.yaml
        Set-Content $copy $text
        (Import-Runbook $copy).Change | Should -Be Unchanged, Unchanged
        $before = $env:OCTOWORKERS_HOME
        Use-Store fresh
        try {
            $null = New-WorkerEnvironment Development
            $null = New-WorkerPool Setup
            'worker1' | Add-Worker -Local -Pool Setup | Out-Null
            (Import-Runbook $copy).Change | Should -Be Added, Added
            Export-Runbook Whole, Deploy | Should -Be $text
            $null = Invoke-Runbook Whole Development -Service queue -InformationVariable log 6>$null
            "$log" | Should -Match 'it is http://queue.*after'
        }
        finally { $env:OCTOWORKERS_HOME = $before }
    }

    It 'has no secret in it, but says where to give it' {
        Set-RunbookVariable Token (ConvertTo-SecureString seen-by-nobody -AsPlainText -Force) -Runbook Whole
        $text = Export-Runbook Whole
        $text | Should -Not -Match seen-by-nobody
        $text | Should -Match 'valueFromEnvironment: OCTOWORKERS_SECRET_TOKEN'
    }

    It 'writes one file of all, and replaces it only with -Force' {
        $target = Join-Path $TestDrive 'all [1].yaml'
        (Get-Runbook | Export-Runbook -Path $target).FullName | Should -Be $target
        { Export-Runbook Greet -Path $target -ErrorAction Stop } | Should -Throw -ErrorId 'AlreadyExists,*' -ExpectedMessage '*-Force*'
        { Export-Runbook Greet -Path $TestDrive -Force -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*is a folder*'
        $null = Export-Runbook Greet -Path $target -Force
        Get-Content -Raw -LiteralPath $target | Should -Not -Match Whole
    }
}
