# Workers that are reached by ssh, by a server of the test's own on the loopback address.

BeforeDiscovery { $sshd = (Get-Command sshd -ErrorAction SilentlyContinue).Source ?? ('/usr/sbin/sshd' | Where-Object { Test-Path $_ }) }

BeforeAll { . $PSScriptRoot/Setup.ps1 }

Describe 'A worker that is reached by ssh' {
    BeforeAll {
        if (-not $sshd) { $sshd = (Get-Command sshd -ErrorAction SilentlyContinue).Source ?? ('/usr/sbin/sshd' | Where-Object { Test-Path $_ }) }
        $isThere = [bool] $sshd
        if (-not $isThere) { return }
        Use-Store ssh
        Initialize-Store
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive sshd)
        ssh-keygen -q -t ed25519 -N '' -f "$folder/host"
        ssh-keygen -q -t ed25519 -N '' -f "$folder/id"
        Copy-Item "$folder/id.pub" "$folder/authorized_keys"
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        Set-Content "$folder/sshd_config" "ListenAddress 127.0.0.1`nPort $port`nHostKey $folder/host`nAuthorizedKeysFile $folder/authorized_keys`nPidFile none`nStrictModes no`nUsePAM no"
        Set-Content "$folder/ssh_config" "Host *`n  UserKnownHostsFile $folder/known_hosts`n  IdentitiesOnly yes"
        if ((id -u) -eq 0) { $null = New-Item -ItemType Directory -Force /run/sshd }
        $server = Start-Process $sshd -ArgumentList '-D', '-f', "$folder/sshd_config", '-E', "$folder/log" -PassThru
        Wait-Until { try { [Net.Sockets.TcpClient]::new('127.0.0.1', $port).Dispose(); $true } catch { $false } }
        $null = New-WorkerPool Remote
        $worker = Add-Worker 127.0.0.1 -Name remote1 -Pool Remote -Port $port -UserName (id -un) -KeyFilePath "$folder/id" -ConfigurationFile "$folder/ssh_config" -HostKeyPolicy AcceptNew
        $null = New-Runbook Far { New-RunbookStep Ask -Bash 'echo "over ssh: ${SSH_CONNECTION%% *}"' -Pool Remote }
    }

    AfterAll {
        Remove-Module OctoWorkers -ErrorAction SilentlyContinue
        if ($server) { Stop-Process -Id $server.Id }
        Remove-Store
    }

    BeforeEach { if (-not $isThere) { Set-ItResult -Skipped -Because 'there is no sshd here (Debian: openssh-server)' } }

    It 'is checked' {
        $checked = Test-Worker remote1
        $checked.HealthStatus | Should -Be Healthy -Because $checked.Health.Message
        $checked | Out-String -Width 150 | Should -Match "ssh $(id -un)@127.0.0.1:$port"
    }

    It 'runs a step' {
        $run = Invoke-Runbook Far Development -InformationVariable log 6>$null
        $run.Status | Should -Be Success
        "$log" | Should -Match 'over ssh: 127.0.0.1'
    }

    It 'is Unavailable, without an error, when nobody answers' {
        $null = Add-Worker 127.0.0.1 -Name dead -Pool Remote -Port 1 -ConfigurationFile "$folder/ssh_config"
        $checked = Test-Worker dead -ErrorAction Stop
        $checked.HealthStatus | Should -Be Unavailable
        $checked.Health.Message | Should -Not -BeNullOrEmpty
        Remove-Worker dead
    }
}
