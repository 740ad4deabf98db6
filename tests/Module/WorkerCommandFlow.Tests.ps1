# Commands on workers that write more than is taken, or are given more than they take.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store flow
    $null = New-WorkerPool Flow
    $null = 'worker1', 'worker2' | Add-Worker -Local -Pool Flow

    function Get-StandingCount([string] $Path) {
        # Waits until what a counter says has not changed for twenty looks, and says it.
        $last = ''
        $looks = 0
        Wait-Until -Seconds 240 {
            Start-Sleep -Milliseconds 100
            $now = if (Test-Path $Path) { [IO.File]::ReadAllText($Path) } else { '' }
            if ($now -and $now -eq $script:last) { $script:looks++ } else { $script:looks = 0 }
            $script:last = $now
            $script:looks -ge 20
        }
        [int] $script:last
    }
}

AfterAll { Remove-Store }

Describe 'A command whose results are not taken' {
    BeforeEach { $counter = Join-Path $TestDrive "$([guid]::NewGuid())" }

    It 'lets the worker wait, and loses nothing<How>' -ForEach @{ How = ''; Given = @{} }, @{ How = ', in order of inputs'; Given = @{ Ordered = $true } } {
        $stood = 0
        $found = 1 | Invoke-WorkerCommand -Worker worker1 @Given {
            foreach ($number in 1..9000) {
                $number
                if ($number % 50 -eq 0) { [IO.File]::WriteAllText($using:counter, "$number") }
            }
        } | ForEach-Object { if (-not $stood) { $stood = Get-StandingCount $counter }; $_ }
        $stood | Should -BeGreaterThan 0
        $stood | Should -BeLessThan 7000
        ($found -join ' ') | Should -Be ((1..9000) -join ' ')
    }

    It 'counts how large they are' {
        # 100 MB in all.
        $stood = 0
        $found = Invoke-WorkerCommand -Worker worker1 {
            foreach ($number in 1..100) {
                [IO.File]::WriteAllText($using:counter, "$number")
                "$number".PadRight(1MB)
            }
        } | ForEach-Object { if (-not $stood) { $stood = Get-StandingCount $counter }; [int] $_.Trim() }
        $stood | Should -BeLessThan 60
        ($found -join ' ') | Should -Be ((1..100) -join ' ')
    }

    It 'counts what comes in other streams' {
        $stood = 0
        $null = Invoke-WorkerCommand -Worker worker1 {
            'first'
            foreach ($number in 1..6000) {
                Write-Warning $number
                if ($number % 50 -eq 0) { [IO.File]::WriteAllText($using:counter, "$number") }
            }
        } -WarningVariable said -WarningAction SilentlyContinue | ForEach-Object { $stood = Get-StandingCount $counter }
        $stood | Should -BeLessThan 5000
        ($said.Message -join ' ') | Should -Be ((1..6000 | ForEach-Object { "[worker1] $_" }) -join ' ')
    }

    It 'does not count the time in which it stands still as its own' {
        # On a slow machine what it does itself may take longer than a short limit.
        foreach ($limit in 3, 12, 48) {
            $held = $false
            $found = Invoke-WorkerCommand -Worker worker1 -TimeoutSec $limit { foreach ($number in 1..3) { "$number".PadRight(5MB) } } -ErrorVariable problems -ErrorAction SilentlyContinue |
                ForEach-Object { if (-not $held) { $held = $true; Start-Sleep -Milliseconds (1000 * $limit + 500) }; [int] $_.Trim() }
            if (-not $problems) { break }
        }
        $problems | Should -BeNullOrEmpty
        ($found -join ' ') | Should -Be '1 2 3'
    }

    It 'is stopped in time when it does not stand still, and keeps what it had written' {
        # The first result is held until the script has stopped; there are more than are handed on together.
        foreach ($limit in 3, 12, 48) {
            $stopped = Join-Path $TestDrive "$([guid]::NewGuid())"
            $held = $false
            $found = Invoke-WorkerCommand -Worker worker1 -TimeoutSec $limit {
                try { 1..300; Start-Sleep 600 } finally { [IO.File]::WriteAllText($using:stopped, '') }
            } -ErrorVariable problems -ErrorAction SilentlyContinue | ForEach-Object { if (-not $held) { $held = $true; Wait-Until { Test-Path $stopped } }; $_ }
            if ($found.Count -eq 300) { break }
        }
        ($found -join ' ') | Should -Be ((1..300) -join ' ')
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike StepTimedOut*
    }

    It 'ends a worker that waits, when nobody wants more' {
        $first = Invoke-WorkerCommand -Worker worker1 {
            $PID
            for ($number = 50; ; $number++) { $number; if ($number % 50 -eq 0) { [IO.File]::WriteAllText($using:counter, "$number") } }
        } | ForEach-Object { $null = Get-StandingCount $counter; $_ } | Select-Object -First 1
        Wait-Until { -not (Get-Process -Id $first -ErrorAction Ignore) }
    }
}

Describe 'A command that is given more than it takes' {
    It 'lets whoever makes the inputs wait' {
        # The first input runs until the counter of the inputs that were made stands.
        $counter = Join-Path $TestDrive made
        $looks = ${function:Get-StandingCount}.ToString()
        $wait = ${function:Wait-Until}.ToString()
        $found = 1..1000 | ForEach-Object { [IO.File]::WriteAllText($counter, "$_"); $_ } | Invoke-WorkerCommand -Worker worker1 {
            if ($_ -eq 1) {
                ${function:Wait-Until} = $using:wait
                ${function:Get-StandingCount} = $using:looks
                Get-StandingCount $using:counter
            }
        }
        $found | Should -BeLessThan 500
    }
}

Describe 'A command whose script does what is odd' {
    It 'fails an input whose result is too large, with a bound, and goes on in another session' {
        $PSSessionOption.MaximumReceivedObjectSize = 1MB
        try {
            $found = 1..3 | Invoke-WorkerCommand -Worker worker1 { if ($_ -eq 2) { 'x' * 8MB } else { $PID } } -ErrorVariable problems -ErrorAction SilentlyContinue
        }
        finally { $PSSessionOption.MaximumReceivedObjectSize = 200MB }
        $found | Should -HaveCount 2
        $found[0] | Should -Not -Be $found[1]
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike OutcomeUnknown*
        "$($problems[0])" | Should -Match 'input 2 .*more than 1 MB.*MaximumReceivedObjectSize'
    }

    It 'takes what cannot be made again here as its properties or its text' {
        $found = Invoke-WorkerCommand -Worker worker1 { [Threading.Thread]::CurrentThread; { 1 + 1 }; [Text.StringBuilder]::new('abc'); 'after' }
        $found[0].PSObject.TypeNames[0] | Should -Be Deserialized.System.Threading.Thread
        "$($found[1])".Trim() | Should -Be '1 + 1'
        $found[3] | Should -Be after
    }

    It 'lives on when what the script starts writes where the messages of the session go' {
        Invoke-WorkerCommand -Worker worker1 { Start-Process echo -ArgumentList 'a < b' -NoNewWindow -Wait; Start-Process printf -ArgumentList 'unfinished' -NoNewWindow -Wait; 'after' } | Should -Be after
    }

    It 'keeps a culture, and a job in the background, to the session' {
        $found = Invoke-WorkerCommand -Worker worker1 {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $null = Start-Job { Start-Sleep 600 }
            [string] 1.5
            $PID
        }
        Invoke-WorkerCommand -Worker worker1 { 1.5 } | Should -Be 1.5
        Wait-Until { -not (Get-Process -Id $found[1] -ErrorAction Ignore) }
    }
}
