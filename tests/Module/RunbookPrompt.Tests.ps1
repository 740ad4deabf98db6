# What a runbook prompts for: parameters of the cmdlets that start runs.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store prompts
    Initialize-Store
    $definitions = Join-Path $TestDrive ask.yaml
    Set-Content $definitions @'
runbooks:
  - name: Ask
    prompts:
      - { name: Service, label: Which one, options: [ web, queue ], required: true }
      - { name: Loud, control: checkbox }
      - { name: Token, control: sensitive }
      - { name: Two Words }
      - { name: Verbose }
      - { name: '7' }
    steps:
      - name: Say
        pool: Setup
        bash: |
          for name in Service Loud Token 'Two Words' Verbose 7; do echo "$name=[$(get_octopusvariable "$name")]"; done
'@
    $null = Import-Runbook $definitions

    function Get-Said([hashtable] $Given) {
        $run = Invoke-Runbook Ask Development @Given -InformationVariable log 6>$null
        if ($run.Status -ne 'Success') { throw "It was $($run.Status)." }
        "$log"
    }
}
AfterAll { Remove-Store }

Describe 'The prompts of a runbook' {
    It 'are parameters of <_>, none of them mandatory' -ForEach Invoke-Runbook, Start-RunbookRun {
        $prompts = (Get-Command $_ -ArgumentList Ask).Parameters.Values | Where-Object IsDynamic
        $prompts | ForEach-Object { "$($_.Name):$($_.ParameterType.Name)" } | Should -Be Service:String, Loud:SwitchParameter, Token:SecureString, TwoWords:String
        $prompts.Attributes.Mandatory | Should -Not -Contain $true
        ($prompts | Where-Object Name -eq Service).Attributes.HelpMessage | Should -Contain 'Which one'
    }

    It 'give the run its values' {
        $said = Get-Said @{ Service = 'web'; Loud = $true; Token = ConvertTo-SecureString seen-by-nobody -AsPlainText -Force; TwoWords = 'x y' }
        $said | Should -Match 'Service=\[web\]'
        $said | Should -Match 'Loud=\[True\]'
        $said | Should -Match 'Token=\[\*{8}\]'
        $said | Should -Match 'Two Words=\[x y\]'
    }

    It 'can be given with -Variable, those too that have no parameter' {
        $said = Get-Said @{ Service = 'queue'; Variable = @{ 'two words' = 'z'; Verbose = 'much'; 7 = 'seven' } }
        $said | Should -Match 'Two Words=\[z\].*Verbose=\[much\].*7=\[seven\]'
    }

    It 'take a switch that is off for False' { Get-Said @{ Service = 'web'; Loud = $false } | Should -Match 'Loud=\[False\]' }

    It 'offer only their options' {
        { Invoke-Runbook Ask Development -Service mail } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'are named when they are missing, and nothing waits for an answer' {
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; Invoke-Runbook Ask Development -ErrorAction Stop"
        $run.ExitCode | Should -Be 1
        $run.Error | Should -Match 'Service'
        @(Get-RunbookRun -Runbook Ask | Where-Object Status -ne Success) | Should -BeNullOrEmpty
    }

    It 'are told in the words of the module when they are missing' {
        Invoke-Runbook Ask Development -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PromptedValueInvalid,*'
        "$($problem[0])" | Should -BeLike "*and none was given. Give it: -Variable @{ 'Service' = 'VALUE' }."
        "$($problem[0])" | Should -Not -BeLike '*--variable*'
    }

    It 'cannot be given twice' {
        { Invoke-Runbook Ask Development -Service web -Variable @{ service = 'queue' } -ErrorAction Stop } | Should -Throw -ErrorId 'PromptedValueInvalid,*' -ExpectedMessage '*given twice*'
    }

    It 'go with a run that the background driver carries out' {
        $run = Start-RunbookRun Ask Development -Service queue | Wait-RunbookRun
        $run.Status | Should -Be Success
        (Receive-RunbookRun $run.Id).Text | Should -Contain 'Service=[queue]'
    }

    It 'are none, without an error, of a runbook that is not there' {
        (Get-Command Invoke-Runbook -ArgumentList None).Parameters.Values | Where-Object IsDynamic | Should -BeNullOrEmpty
        { Invoke-Runbook None Development -ErrorAction Stop } | Should -Throw -ErrorId 'RunbookNotFound,*'
    }
}
