# Commands on workers of several kinds in one pool: this machine, and ssh servers of the test's own on the loopback address, with PowerShell's subsystem and without.

BeforeAll { . $PSScriptRoot/Setup.ps1 }

Describe 'A command over workers of several kinds' {
    BeforeAll {
        $sshd = (Get-Command sshd -ErrorAction SilentlyContinue).Source ?? ('/usr/sbin/sshd' | Where-Object { Test-Path $_ })
        $isThere = [bool] $sshd
        if (-not $isThere) { return }
        Use-Store mixed
        Initialize-Store
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive sshd)
        ssh-keygen -q -t ed25519 -N '' -f "$folder/host"
        ssh-keygen -q -t ed25519 -N '' -f "$folder/id"
        Copy-Item "$folder/id.pub" "$folder/authorized_keys"
        Set-Content "$folder/ssh_config" "Host *`n  UserKnownHostsFile $folder/known_hosts`n  IdentitiesOnly yes"
        if ((id -u) -eq 0) { $null = New-Item -ItemType Directory -Force /run/sshd }
        $null = New-WorkerPool Mixed
        $null = Add-Worker -Local here -Pool Mixed
        $servers = foreach ($kind in 'powershell', 'plain') {
            $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $listener.Start()
            $port = $listener.LocalEndpoint.Port
            $listener.Stop()
            $subsystem = if ($kind -eq 'powershell') { "`nSubsystem powershell $((Get-Process -Id $PID).Path) -sshs -NoLogo -NoProfile" }
            Set-Content "$folder/$kind" "ListenAddress 127.0.0.1`nPort $port`nHostKey $folder/host`nAuthorizedKeysFile $folder/authorized_keys`nPidFile none`nStrictModes no`nUsePAM no$subsystem"
            Start-Process $sshd -ArgumentList '-D', '-f', "$folder/$kind", '-E', "$folder/$kind.log" -PassThru
            Wait-Until { try { [Net.Sockets.TcpClient]::new('127.0.0.1', $port).Dispose(); $true } catch { $false } }
            $null = Add-Worker 127.0.0.1 -Name $kind -Pool Mixed -Port $port -UserName (id -un) -KeyFilePath "$folder/id" -ConfigurationFile "$folder/ssh_config" -HostKeyPolicy AcceptNew
        }
    }

    AfterAll {
        Remove-Module OctoWorkers -ErrorAction SilentlyContinue
        foreach ($server in $servers) { Stop-Process -Id $server.Id -ErrorAction Ignore }
        Remove-Store
    }

    BeforeEach { if (-not $isThere) { Set-ItResult -Skipped -Because 'there is no sshd here (Debian: openssh-server)' } }

    It 'runs on this machine and through the subsystem, and says of the others what to configure' {
        $found = Invoke-WorkerCommand -Pool Mixed -OnEachWorker { [bool] $env:SSH_CONNECTION } -ErrorVariable problems -ErrorAction SilentlyContinue
        ($found | Where-Object WorkerName -EQ here) | Should -BeFalse
        ($found | Where-Object WorkerName -EQ powershell) | Should -BeTrue
        $problems | Should -HaveCount 1
        $problems[0].WorkerName | Should -Be plain
        "$($problems[0])" | Should -Match 'Subsystem'
    }

    It 'lets the others do the work of one that cannot be used' {
        $found = 1..20 | Invoke-WorkerCommand -Pool Mixed { $_; Start-Sleep -Milliseconds 100 } -ErrorAction SilentlyContinue
        $found | Sort-Object | Should -Be (1..20)
    }

    It 'fails an input whose session is killed, and goes on' {
        $found = 1..3 | Invoke-WorkerCommand -Worker powershell { if ($_ -eq 2) { Stop-Process -Id $PID -Force }; $_ } -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -Be 1, 3
        $problems[0].FullyQualifiedErrorId | Should -BeLike OutcomeUnknown*
    }

    It 'lives on, and shows nothing of ssh, when its clients are killed at any moment' {
        # In a PowerShell of its own, which an exception that nobody catches would end.
        $found = Invoke-Pwsh -Seconds 300 -Script ("Import-Module '$ModuleManifest'" + '
            $killer = Start-ThreadJob {
                $random = [Random]::new(614)
                while ($true) {
                    Start-Sleep -Milliseconds $random.Next(20, 300)
                    $clients = @(Get-Process ssh -ErrorAction Ignore | Where-Object { try { $_.Parent.Id -eq $PID } catch { } })
                    if ($clients) { try { $clients[$random.Next($clients.Count)].Kill() } catch { } }
                }
            }
            foreach ($round in 1..3) { try { $null = 1..4 | Invoke-WorkerCommand -Worker powershell -PerWorker 2 { "x" * 10000 } -ErrorAction SilentlyContinue } catch { } }
            Stop-Job $killer
            $null = Invoke-WorkerCommand -Worker plain { 1 } -ErrorAction SilentlyContinue
            1 | Invoke-WorkerCommand -Worker powershell { "last $_" }')
        $found.Error | Should -BeNullOrEmpty
        $found.Output.Trim() | Should -Be 'last 1'
        $found.ExitCode | Should -Be 0
    }

    It 'ends what runs there when it is stopped' {
        $mark = "3$PID.25"
        1 | Invoke-WorkerCommand -Worker powershell { 'begun'; sleep $using:mark } | Select-Object -First 1 | Should -Be begun
        Wait-Until { -not (Get-Process sleep -ErrorAction Ignore | Where-Object { ([string] $_.CommandLine).Contains($mark) }) }
    }

    It 'copies over ssh, and goes on where it was stopped' {
        $source = Join-Path $TestDrive source.bin
        [IO.File]::WriteAllBytes($source, [byte[]]::new(2MB))
        $copied = Copy-WorkerItem $source (Join-Path $TestDrive target.bin) -ToWorker powershell
        $copied.Transferred | Should -Be 2MB
        (Copy-WorkerItem (Join-Path $TestDrive target.bin) (Join-Path $TestDrive back.bin) -FromWorker powershell).Length | Should -Be 2MB
    }

    It 'opens forty sessions at once' {
        $found = 1..40 | Invoke-WorkerCommand -Worker here, powershell -PerWorker 20 { $PID; Start-Sleep -Milliseconds 200 }
        $found | Should -HaveCount 40
    }
}
