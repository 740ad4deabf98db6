BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store sessions
    $null = New-WorkerPool Setup
    $Secret = 'correct horse battery'
    function New-Credential([string] $UserName, [string] $Password = $Secret) {
        [pscredential]::new($UserName, (ConvertTo-SecureString $Password -AsPlainText -Force))
    }
}
AfterAll { Remove-Store }

Describe 'Workers that are reached through PowerShell sessions' {
    It 'are added over ssh' {
        $made = Add-Worker build1.example.org -Pool Setup -UserName deploy -Port 2222 -Subsystem pwsh-7 -MaxSessions 4
        $made.Connection.Kind | Should -Be powershell
        $made.Connection.Subsystem | Should -Be pwsh-7
        $made.Connection.MaxSessions | Should -Be 4
        $made.Connection.Via.Host | Should -Be build1.example.org
        $made.Connection.Via.Port | Should -Be 2222
    }

    It 'have the usual subsystem when none is given' {
        $made = Add-Worker build2.example.org -Pool Setup -PowerShell
        $made.Connection.Via.Kind | Should -Be ssh
        $made.Connection.Subsystem | Should -BeNullOrEmpty
    }

    It 'are processes of this machine' {
        (Add-Worker -Local here -PowerShell -Pool Setup).Connection.Via.Kind | Should -Be local
    }

    It 'are computers reached by WinRM' {
        $made = Add-Worker -ComputerName win1, win2 -Pool Setup -UseSSL -Authentication Basic -ConfigurationName PowerShell.7 -Credential (New-Credential 'EXAMPLE\ana')
        $made.Name | Should -Be win1, win2
        $way = $made[0].Connection.Via
        $way.Kind | Should -Be winrm
        $way.UseSsl | Should -BeTrue
        $way.User | Should -Be 'EXAMPLE\ana'
        $way.ConfigurationName | Should -Be PowerShell.7
        $way.Port | Should -BeNullOrEmpty
    }

    It 'are what a table says, once it is said that WinRM is meant' {
        $table = 'Name,ComputerName,Port,Authentication', 'alpha,10.0.0.11,443,Kerberos' | ConvertFrom-Csv
        { $table | Add-Worker -Pool Setup -ErrorAction Stop } | Should -Throw '*-Authentication Default*'
        $made = $table | Add-Worker -Pool Setup -UseSSL
        $made.Name | Should -Be alpha
        $made.Connection.Via.ComputerName | Should -Be 10.0.0.11
        $made.Connection.Via.Authentication | Should -Be Kerberos
        Remove-Worker alpha
    }

    It 'say in a view how they are reached' {
        $view = Get-Worker | Format-Table | Out-String -Width 200
        $view | Should -Match ([regex]::Escape('powershell ssh deploy@build1.example.org:2222'))
        $view | Should -Match 'powershell local'
        $view | Should -Match ([regex]::Escape('powershell winrm EXAMPLE\ana@win1'))
    }

    It 'show their password nowhere and keep it nowhere as it is' {
        $shown = Get-Worker win1 | ForEach-Object { $_ | Format-List * | Out-String; $_.Connection | Out-String; "$($_.Connection) $($_.Connection.Via)"; $_ | ConvertTo-Json -Depth 6 }
        $shown += Get-RunbookAudit | Format-List * | Out-String
        $shown -join "`n" | Should -Not -Match 'horse'
        Remove-Module OctoWorkers
        Import-Module $ModuleManifest
        foreach ($file in Get-ChildItem $env:OCTOWORKERS_HOME -Recurse -File) {
            $bytes = [IO.File]::ReadAllBytes($file.FullName)
            foreach ($encoding in [Text.Encoding]::Latin1, [Text.Encoding]::Unicode) { $encoding.GetString($bytes).Contains($Secret) | Should -BeFalse -Because $file.Name }
        }
    }

    It 'keep what is not given when they are changed' {
        Set-Worker win1 -Port 443
        $way = (Get-Worker win1).Connection.Via
        $way.Port | Should -Be 443
        $way.User | Should -Be 'EXAMPLE\ana'
        $way.Password | Should -Not -BeNullOrEmpty
        $way.UseSsl | Should -BeTrue
        Set-Worker build1.example.org -MaxSessions 0 -UserName root
        $now = (Get-Worker build1.example.org).Connection
        $now.MaxSessions | Should -BeNullOrEmpty
        $now.Subsystem | Should -Be pwsh-7
        $now.Via.User | Should -Be root
    }

    It 'get another credential, or none' {
        $before = (Get-Worker win2).Connection.Via.Password
        Get-Worker win2 | Set-Worker -Authentication Negotiate -Credential (New-Credential bob)
        $way = (Get-Worker win2).Connection.Via
        $way.User | Should -Be bob
        $way.Password | Should -Not -Be $before
        Set-Worker win2 -UseSSL:$false -Credential ([pscredential]::Empty)
        $way = (Get-Worker win2).Connection.Via
        $way.User | Should -BeNullOrEmpty
        $way.Password | Should -BeNullOrEmpty
        $way.UseSsl | Should -BeFalse
    }

    It 'refuse <Why>' -ForEach @(
        @{ Why = 'a subsystem for this machine'; Id = 'InvalidArgument'; Do = { Set-Worker here -Subsystem powershell } }
        @{ Why = 'a host for a computer'; Id = 'InvalidArgument'; Do = { Set-Worker win1 -HostName other } }
        @{ Why = 'a credential for ssh'; Id = 'InvalidArgument'; Do = { Set-Worker build1.example.org -Credential (New-Credential ana) } }
        @{ Why = 'a port for this machine'; Id = 'InvalidArgument'; Do = { Set-Worker here -Port 22 } }
        @{ Why = 'a shell'; Id = 'InvalidArgument'; Do = { Add-Worker other.example.org -PowerShell -Shell dash } }
        @{ Why = 'a number of sessions where there are none'; Id = 'InvalidArgument'; Do = { Add-Worker other.example.org -MaxSessions 3 } }
        @{ Why = 'a subsystem that is an option'; Id = 'InvalidDefinition'; Do = { Add-Worker other.example.org -Subsystem '-v' } }
        @{ Why = 'a computer that is none'; Id = 'InvalidDefinition'; Do = { Add-Worker -ComputerName 'http://a' } }
        @{ Why = 'basic authentication without TLS'; Id = 'InvalidDefinition'; Do = { Add-Worker -ComputerName a -Authentication Basic -Credential (New-Credential ana) } }
        @{ Why = 'one name for two computers'; Id = 'InvalidArgument'; Do = { Add-Worker -ComputerName a, b -Name both } }
    ) {
        $ErrorActionPreference = 'Stop'
        $problem = { & $Do } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        Get-Worker other.example.org, a, both -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'are not eligible for steps in other languages, and the plan says so' {
        $null = New-WorkerEnvironment Test
        $null = New-Runbook Shell { New-RunbookStep Say -Bash 'echo so' -Pool Setup }
        { Get-RunbookPlan Shell Test -ErrorAction Stop } | Should -Throw '*through PowerShell sessions only PowerShell steps run*'
    }

    It 'ask for no credential where there is nobody to ask' {
        $outcome = Invoke-Pwsh "Import-Module '$ModuleManifest'; Add-Worker -ComputerName silent -Credential ana -ErrorAction Stop"
        $outcome.ExitCode | Should -Be 1
        $outcome.Error | Should -Match 'NonInteractive'
    }
}
