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
            foreach ($number in 1..20000) {
                $number
                if ($number % 50 -eq 0) { [IO.File]::WriteAllText($using:counter, "$number") }
            }
        } | ForEach-Object { if (-not $stood) { $stood = Get-StandingCount $counter }; $_ }
        $stood | Should -BeGreaterThan 0
        $stood | Should -BeLessThan 15000
        ($found -join ' ') | Should -Be ((1..20000) -join ' ')
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
            foreach ($number in 1..8000) {
                Write-Warning $number
                if ($number % 50 -eq 0) { [IO.File]::WriteAllText($using:counter, "$number") }
            }
        } -WarningVariable said -WarningAction SilentlyContinue | ForEach-Object { $stood = Get-StandingCount $counter }
        $stood | Should -BeLessThan 7000
        ($said.Message -join ' ') | Should -Be ((1..8000 | ForEach-Object { "[worker1] $_" }) -join ' ')
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
        $found = 1..5000 | ForEach-Object { [IO.File]::WriteAllText($counter, "$_"); $_ } | Invoke-WorkerCommand -Worker worker1 {
            if ($_ -eq 1) {
                ${function:Wait-Until} = $using:wait
                ${function:Get-StandingCount} = $using:looks
                Get-StandingCount $using:counter
            }
            elseif ($_ -gt 300) { exit }
        }
        $found | Should -BeLessThan 1000
    }
}
