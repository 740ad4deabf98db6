# Enter-Worker in a real terminal, and where there is none.

BeforeDiscovery { $hasTerminal = [bool] (Get-Command python3 -CommandType Application -ErrorAction Ignore) }

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store enter
    $null = New-WorkerPool Setup
    $null = Add-Worker worker1 -Local -Pool Setup
}
AfterAll { Remove-Module OctoWorkers; Remove-Store }

Describe 'Enter-Worker' {
    It 'opens a session to type in, whose output, questions and prompt are seen here, until exit' -Skip:(-not $hasTerminal) {
        $start = Join-Path $TestDrive start.ps1
        Set-Content $start "Import-Module '$ModuleManifest'; `$here = `$PID; function prompt { 'here> ' }"
        # What is waited for never stands in what was typed: that is on the screen too.
        $talk = @(
            'here> ', 'Enter-Worker worker1'
            '[worker1]: PS ', '"sum-$(40 + 2)"'
            'sum-42', 'Write-Warning "war$("ned")"'
            'WARNING: warned', '"hello $((Read-Host -Prompt ("na" + "me")).ToUpper())"'
            'name:', 'ana'
            'hello ANA', '"pid $PID differs"'
            'pid ', 'exit'
            'here> ', '"back-$(50 + 5)"'
            'back-55', 'exit'
        )
        $said = $talk | python3 (Join-Path $PSScriptRoot terminal.py) (Get-Process -Id $PID).Path -NoProfile -NoLogo -NoExit -File $start
        $LASTEXITCODE | Should -Be 0 -Because ($said -join "`n")
    }

    It 'is refused where nobody types' {
        { Enter-Worker worker1 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}
