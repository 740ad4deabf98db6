# Commands on workers of several kinds in one pool: this machine, and ssh servers of the test's own on the loopback address, with PowerShell's subsystem and without.

BeforeAll { . $PSScriptRoot/Setup.ps1 }

Describe 'A command over workers of several kinds' {
    BeforeAll {
        $isThere = [bool] (Get-Sshd)
        if (-not $isThere) { return }
        Use-Store mixed
        Initialize-Store
        $null = New-WorkerPool Mixed
        $null = Add-Worker -Local here -Pool Mixed
        $server, $other = Start-Sshd powershell, ''
        $sessions, $plain = $server.Connection, $other.Connection
        $null = Add-Worker @sessions -Name powershell -Pool Mixed
        $null = Add-Worker @plain -Name plain -Pool Mixed
    }

    AfterAll { Remove-Store }

    BeforeEach { if (-not $isThere) { Set-ItResult -Skipped -Because 'there is no sshd here (Debian: openssh-server)' } }

    It 'runs on this machine and through the subsystem, and says of the others what to configure' {
        $found = Invoke-WorkerCommand -Pool Mixed -OnEachWorker { [bool] $env:SSH_CONNECTION } -ErrorVariable problems -ErrorAction SilentlyContinue
        ($found | Where-Object WorkerName -EQ here) | Should -BeFalse
        ($found | Where-Object WorkerName -EQ powershell) | Should -BeTrue
        $problems | Should -HaveCount 1
        $problems[0].WorkerName | Should -Be plain
        "$($problems[0])" | Should -Match 'Subsystem'
        "$($problems[0])" | Should -Match 'Only steps can go without'
    }

    It 'lets the others do the work of one that cannot be used' {
        $found = 1..20 | Invoke-WorkerCommand -Pool Mixed { $_; Start-Sleep -Milliseconds 100 } -ErrorAction SilentlyContinue
        $found | Sort-Object | Should -Be (1..20)
    }

    It 'fails an input whose session is killed, and goes on' {
        $found = 1..3 | Invoke-WorkerCommand -Worker powershell { if ($_ -eq 2) { Stop-Process -Id $PID -Force }; $_ } -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -Be 1, 3
        $problems[0].FullyQualifiedErrorId | Should -BeLike OutcomeUnknown*
        "$($problems[0])" | Should -Match '-Retry'
        $null = 1 | Invoke-WorkerCommand -Worker powershell -Retry 1 { Stop-Process -Id $PID -Force } -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike OutcomeUnknown*
        "$($problems[0])" | Should -Not -Match '-Retry'
    }

    It 'lives on, and shows nothing of ssh, when its clients are killed at any moment' {
        # In a PowerShell of its own, which an exception that nobody catches would end.
        $found = Invoke-Pwsh -Seconds 300 -Script ("Import-Module '$ModuleManifest'" + '
            $killer = [powershell]::Create().AddScript({
                $random = [Random]::new(614)
                while ($true) {
                    Start-Sleep -Milliseconds $random.Next(20, 300)
                    $clients = @(Get-Process ssh -ErrorAction Ignore | Where-Object { try { $_.Parent.Id -eq $PID } catch { } })
                    if ($clients) { try { $clients[$random.Next($clients.Count)].Kill() } catch { } }
                }
            })
            $null = $killer.BeginInvoke()
            foreach ($round in 1..3) { try { $null = 1..4 | Invoke-WorkerCommand -Worker powershell -PerWorker 2 { "x" * 10000 } -ErrorAction SilentlyContinue } catch { } }
            $killer.Stop()
            $null = Invoke-WorkerCommand -Worker plain { 1 } -ErrorAction SilentlyContinue
            1 | Invoke-WorkerCommand -Worker powershell { "last $_" }')
        $found.Error | Should -BeNullOrEmpty
        $found.Output.Trim() | Should -Be 'last 1'
        $found.ExitCode | Should -Be 0
    }

    It 'goes on when sshd is started again in the middle' {
        $flag = Join-Path $TestDrive restarted
        $found = 1..3 | Invoke-WorkerCommand -Worker powershell {
            if ($_ -eq 2) {
                while (-not (Test-Path $using:flag)) { Start-Sleep -Milliseconds 50 }
                Stop-Process -Id $PID -Force
            }
            $_
        } -ErrorVariable problems -ErrorAction SilentlyContinue | ForEach-Object {
            if ($_ -eq 1) {
                Stop-Process -Id $server.Process.Id -Force
                Wait-Until { $server.Process.HasExited }
                $null = Start-Process (Get-Sshd) -ArgumentList $server.Arguments -PassThru
                Wait-Until { try { [Net.Sockets.TcpClient]::new('127.0.0.1', $sessions.Port).Dispose(); $true } catch { $false } }
                $null = New-Item $flag
            }
            $_
        }
        $found | Should -Be 1, 3
        $problems.FullyQualifiedErrorId | Should -BeLike OutcomeUnknown*
    }

    It 'ends what runs there when it is stopped' {
        $mark = "3$PID.25"
        1 | Invoke-WorkerCommand -Worker powershell { 'begun'; sleep $using:mark } | Select-Object -First 1 | Should -Be begun
        Wait-Until { -not (Get-Process sleep -ErrorAction Ignore | Where-Object { ([string] $_.CommandLine).Contains($mark) }) }
    }

    It 'copies over ssh, and goes on where it was stopped' {
        $source = Join-Path $TestDrive source.bin
        [IO.File]::WriteAllBytes($source, [byte[]]::new(2MB))
        # What an earlier copy that was stopped leaves there: the beginning, under a name that tells of which file.
        $hash = (Get-FileHash $source).Hash.ToLowerInvariant().Substring(0, 16)
        [IO.File]::WriteAllBytes((Join-Path $TestDrive ".target.bin.$hash.part"), [byte[]]::new(1536KB))
        $copied = Copy-WorkerItem $source (Join-Path $TestDrive target.bin) -ToWorker powershell
        $copied.Transferred | Should -Be 512KB
        (Copy-WorkerItem (Join-Path $TestDrive target.bin) (Join-Path $TestDrive back.bin) -FromWorker powershell).Length | Should -Be 2MB
    }

    It 'opens forty sessions at once' {
        $found = 1..40 | Invoke-WorkerCommand -Worker here, powershell -PerWorker 20 { $PID; Start-Sleep -Milliseconds 200 }
        $found | Should -HaveCount 40
    }
}
