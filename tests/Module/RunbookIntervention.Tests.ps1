BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store interventions
    Initialize-Store
    $null = New-Runbook Release {
        New-RunbookStep Approve -Manual 'Look at it.'
        New-RunbookStep Publish -Bash 'echo published' -Pool Setup
    }

    function Start-Waiting([string] $Runbook = 'Release', [hashtable] $With = @{}) {
        # A run that waits for a person.
        $script:run = Start-RunbookRun $Runbook Development @With
        Wait-Until { $run | Get-RunbookIntervention }
        $run | Get-RunbookIntervention
    }
}
AfterAll { Remove-Store }

Describe 'A manual intervention' {
    It 'is approved by its object, once' {
        $waiting = Start-Waiting
        $waiting.Text | Should -Be 'Look at it.'
        ($waiting | Approve-RunbookIntervention -WhatIf) | Should -BeNullOrEmpty
        $answered = $waiting | Approve-RunbookIntervention -Notes 'fine'
        $answered.Answer | Should -Be Proceed
        $answered.Notes | Should -Be fine
        ($run | Wait-RunbookRun).Run.Status | Should -Be Success
        { $waiting | Deny-RunbookIntervention -ErrorAction Stop } | Should -Throw -ErrorId 'InterruptionOver,*'
        ($run | Get-RunbookIntervention -All).Status | Should -Be Answered
        (Get-RunbookAudit -Run $run).Action | Should -Contain InterruptionAnswered
    }

    It 'is denied by its id' {
        $waiting = Start-Waiting
        $null = Deny-RunbookIntervention "$($waiting.Id)" -Notes 'no'
        ($run | Wait-RunbookRun -ErrorAction SilentlyContinue -ErrorVariable failed).Run.Status | Should -BeIn Failed, $null
        (Get-RunbookRun $run).Run.Status | Should -Be Failed
    }

    It 'is taken, and its id completes' {
        $waiting = Start-Waiting
        ($waiting | Lock-RunbookIntervention).Assignee | Should -Not -BeNullOrEmpty
        $line = 'Approve-RunbookIntervention -Id '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain "$($waiting.Id)"
        $run | Stop-RunbookRun -Wait
        (Get-RunbookIntervention $waiting.Id).Status | Should -Be Ended
    }

    It 'names what it is not' {
        { Approve-RunbookIntervention 99-1 -ErrorAction Stop } | Should -Throw -ErrorId 'InterruptionNotFound,*'
        { Approve-RunbookIntervention nonsense -ErrorAction Stop } | Should -Throw '*no intervention*'
        { New-RunbookStep A -Manual x -Pool Setup -ErrorAction Stop } | Should -Throw '*-Pool*'
    }
}

Describe 'A guided failure' {
    It 'is retried, and then ignored' {
        $waiting = Start-Waiting Broken @{ GuidedFailure = 'On' }
        $waiting.Kind | Should -Be Failure
        $null = $waiting | Resolve-RunbookIntervention -Action Retry
        Wait-Until { ($run | Get-RunbookIntervention).Id.Number -eq 2 }
        $null = $run | Get-RunbookIntervention | Resolve-RunbookIntervention -Action Ignore
        $ended = $run | Wait-RunbookRun
        $ended.Run.Status | Should -Be Success
        $ended.Steps[0].FailureIgnored | Should -BeTrue
    }
}

Describe 'Get-RunbookAudit' {
    It 'narrows' {
        Set-WorkerEnvironment Development -GuidedFailure Off
        (Get-RunbookAudit -Last 1).Subject | Should -Be "environment 'Development'"
        Get-RunbookAudit -Since ([DateTime]::Now.AddDays(1)) | Should -BeNullOrEmpty
        Get-RunbookAudit -Who 'nobody of that name' | Should -BeNullOrEmpty
    }
}
