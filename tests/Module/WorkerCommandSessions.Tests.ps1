# The sessions in which a command runs: which are used again, and what becomes of one that is lost.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store commandsessions
    Initialize-Store
}

AfterAll { Remove-Store }

Describe 'The sessions of Invoke-WorkerCommand' {
    It 'uses one session for all inputs of a worker, and leaves nothing of them to the next command' {
        $first = 1..3 | Invoke-WorkerCommand -Worker worker1 { $global:seen++; "$PID $($global:seen)" } -Ordered
        $first | ForEach-Object { ($_ -split ' ')[1] } | Should -Be 1, 2, 3
        $second = Invoke-WorkerCommand -Worker worker1 { "$PID $($global:seen)" }
        $second | Should -Not -BeLike "$(($first[0] -split ' ')[0]) *"
        $second | Should -BeLike '* '
    }

    It 'uses a session again that is as it was: <Why>' -ForEach @(
        @{ Why = 'it only computed'; Do = { $mine = 1; $PID } }
        @{ Why = 'it loaded what comes with PowerShell'; Do = { $null = Get-Date; $null = Get-ChildItem / | Select-Object -First 1; $PID } }
        @{ Why = 'it ran a program that failed'; Do = { & /bin/sh -c 'exit 3'; $PID } }
        @{ Why = 'it wrote errors and threw one'; Do = { $PID; Write-Error one -ErrorAction Continue; throw 'two' } }
    ) {
        # Others too may be there, and are used up while those that come back are looked at.
        $processes = 1..4 | ForEach-Object {
            Start-Sleep -Milliseconds 300
            Invoke-WorkerCommand -Worker worker2 $Do 2> $null
            Invoke-WorkerCommand -Worker worker2 { "$LASTEXITCODE $($Error.Count)" } | Should -Be ' 0'
        }
        $processes | Should -HaveCount 4
        @($processes | Select-Object -Unique).Count | Should -BeLessThan 4
        Invoke-WorkerCommand -Worker worker2 -UseNewSession { $PID } | Should -Not -BeIn $processes
    }

    It 'uses a session never again that may not be as it was: <Why>' -ForEach @(
        @{ Why = 'the environment'; Do = { $env:MINE = 1; $PID } }
        @{ Why = 'the culture'; Do = { [cultureinfo]::DefaultThreadCurrentCulture = 'de-DE'; $PID } }
        @{ Why = 'a class'; Do = { Add-Type 'public class Mine { }'; $PID } }
        @{ Why = 'a job'; Do = { $null = Start-Job { Start-Sleep 60 }; $PID } }
        @{ Why = 'a process'; Do = { $null = [Diagnostics.Process]::Start('/bin/sleep', '5'); $PID } }
        @{ Why = 'a runspace beside it'; Do = { $null = [powershell]::Create().AddScript('Start-Sleep 60').BeginInvoke(); $PID } }
        @{ Why = 'a command that goes by its module'; Do = { $null = Microsoft.PowerShell.Host\Start-Transcript -Path "/tmp/transcript-$PID"; Remove-Item "/tmp/transcript-$PID"; $PID } }
        @{ Why = 'what cannot be seen'; Do = { Update-TypeData -TypeName Mine -MemberName A -MemberType NoteProperty -Value 1; $PID } }
    ) {
        $first = Invoke-WorkerCommand -Worker worker3 $Do

        # The next ones may come before it was looked at.
        foreach ($number in 1..4) {
            Invoke-WorkerCommand -Worker worker3 { "$PID $env:MINE" } | Should -Not -BeLike "$first *"
            Start-Sleep -Milliseconds 200
        }
    }

    It 'uses a session never again that was given something, or was stopped' {
        function Get-Mine { 1 }
        $first = Invoke-WorkerCommand -Worker worker3 -Function Get-Mine { $PID }
        $second = Invoke-WorkerCommand -Worker worker3 -TimeoutSec 1 { $PID; Start-Sleep 60 } 2> $null
        $third = Invoke-WorkerCommand -Worker worker3 -Environment Development { $PID }
        $fourth = Invoke-WorkerCommand -Worker worker3 { $PID; Start-Sleep 60 } | Select-Object -First 1
        $fifth = Invoke-WorkerCommand -Worker worker3 { $PID }
        $first, $second, $third, $fourth, $fifth | Select-Object -Unique | Should -HaveCount 5
    }

    It 'fails an input whose session ends, and goes on in a new one' {
        $found = 1..3 | Invoke-WorkerCommand -Worker worker1 { if ($_ -eq 2) { [Environment]::Exit(3) }; $_ } -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -Be 1, 3
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike OutcomeUnknown*
        "$($problems[0])" | Should -Match "input 2 \(2\)"
    }

    It 'runs an input in a new session where the one that waited for it has gone' {
        # On a slow machine the first input may not have ended yet, or nobody may have noticed.
        foreach ($pause in 100, 3000, 20000) {
            $note = Join-Path $TestDrive "waiting$pause"
            $found = & {
                # Each further input empties the note before it writes there.
                do { 1; Start-Sleep -Milliseconds 20; $session = Get-Content $note -ErrorAction Ignore } until ($session)
                Start-Sleep -Milliseconds $pause
                Stop-Process -Id $session -Force
                Start-Sleep -Milliseconds $pause
                2
            } | Invoke-WorkerCommand -Worker worker1 { Set-Content $using:note $PID; $_ } -ErrorVariable problems -ErrorAction SilentlyContinue
            if (-not $problems) { break }
        }
        $problems | Should -BeNullOrEmpty
        $found[0, -1] | Should -Be 1, 2
    }
}
