# The progress that a host is told of while a run goes on.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store progress
    Initialize-Store
    $Gate = Join-Path $TestDrive gate
    $null = New-Runbook Gated {
        New-RunbookStep First -Bash 'echo first' -Pool Setup
        New-RunbookStep Second -Bash "until [ -e '$Gate' ]; do sleep 0.05; done" -Pool Setup
    }
    $ProgressShell = [powershell]::Create()
    $null = $ProgressShell.AddScript("Import-Module '$ModuleManifest'; `$ProgressPreference = 'Continue'; Invoke-Runbook Gated Development")
    $under = $ProgressShell.BeginInvoke()
    # The records grow while they are read.
    function Get-Progress { @($ProgressShell.Streams.Progress | Where-Object { $_ }) }
    try {
        Wait-Until { (Get-Progress).Where{ $_.Activity -eq 'Second' } }
        Wait-Until { (Get-Progress).Where{ $_.Activity -like 'Gated*' -and $_.PercentComplete -eq 50 } }
        $while = Get-Progress
    }
    finally { $null = New-Item $Gate }
    $run = $ProgressShell.EndInvoke($under)[0].Run
    $afterwards = Get-Progress
}
AfterAll { $ProgressShell.Dispose(); Remove-Store }

Describe 'The progress of a run' {
    It 'names the runbook, its environment and the state of the run' {
        $root = $while.Where{ $_.Activity -like 'Gated*' }[-1]
        $root.Activity | Should -Be 'Gated in Development'
        $root.StatusDescription | Should -BeLike "$($run.Id): Executing*"
        $root.ParentActivityId | Should -Be -1
    }

    It 'says how much of it is done' {
        @($while.Where{ $_.Activity -like 'Gated*' }.PercentComplete)[-1] | Should -Be 50
    }

    It 'has the step that runs below the run, with its worker' {
        $root = $while.Where{ $_.Activity -like 'Gated*' }[-1]
        $step = $while.Where{ $_.Activity -eq 'Second' }[-1]
        $step.ParentActivityId | Should -Be $root.ActivityId
        $step.StatusDescription | Should -BeLike 'on worker?'
    }

    It 'has an activity of its own for each step' {
        $while.ActivityId | Sort-Object -Unique | Should -Not -HaveCount 1
        $while.Where{ $_.Activity -eq 'Second' }[0].ActivityId | Should -Not -Be $while.Where{ $_.Activity -like 'Gated*' }[0].ActivityId
    }

    It 'is taken away when the run has ended' {
        $run.Status | Should -Be Success
        foreach ($activity in $while.ActivityId | Sort-Object -Unique) {
            $afterwards.Where{ $_.ActivityId -eq $activity }[-1].RecordType | Should -Be Completed
        }
    }

    It 'is not shown where nobody wants it' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModuleManifest'; `$ProgressPreference = 'SilentlyContinue'; Invoke-Runbook Gated Development 6>`$null")
            $shell.Invoke()[0].Run.Status | Should -Be Success
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Dispose() }
    }

    It 'does not come between the lines of a log that is redirected' {
        $done = Invoke-Pwsh "Import-Module '$ModuleManifest'; Invoke-Runbook Gated Development 6>`$null | ForEach-Object { `$_.Run.Status }"
        $done.Output.Trim() | Should -Be Success
        $done.Error | Should -BeNullOrEmpty
    }
}
