# Workers that are reached by ssh, by a server of the test's own on the loopback address.

BeforeAll { . $PSScriptRoot/Setup.ps1 }

Describe 'A worker that is reached by ssh' {
    BeforeAll {
        $isThere = [bool] (Get-Sshd)
        if (-not $isThere) { return }
        Use-Store ssh
        Initialize-Store
        $connection = (Start-Sshd).Connection
        $port = $connection.Port
        $null = New-WorkerPool Remote
        $null = Add-Worker @connection -Name remote1 -Pool Remote
        $null = New-Runbook Far { New-RunbookStep Ask -Bash 'echo "over ssh: ${SSH_CONNECTION%% *}"' -Pool Remote }
    }

    AfterAll { Remove-Store }

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
        $null = Add-Worker 127.0.0.1 -Name dead -Pool Remote -Port 1 -ConfigurationFile $connection.ConfigurationFile
        $checked = Test-Worker dead -ErrorAction Stop
        $checked.HealthStatus | Should -Be Unavailable
        $checked.Health.Message | Should -Not -BeNullOrEmpty
        Remove-Worker dead
    }
}
