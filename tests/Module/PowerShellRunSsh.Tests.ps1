# Runbooks whose PowerShell steps run in sessions over ssh, by a server of the test's own on the loopback address: from the cmdlets, and from the command where it is built.

BeforeAll { . $PSScriptRoot/Setup.ps1 }

Describe 'Steps in PowerShell sessions over ssh' {
    BeforeAll {
        $isThere = [bool] (Get-Sshd)
        if (-not $isThere) { return }
        Use-Store steps
        $null = New-WorkerEnvironment Development
        $null = New-WorkerPool Far
        $connection = (Start-Sshd powershell).Connection
        $null = Add-Worker @connection -PowerShell -Name far -Pool Far
        $secret = 'a-very-secret-word'
        $null = Set-RunbookVariable Token (ConvertTo-SecureString $secret -AsPlainText -Force)

        $content = New-Item -ItemType Directory (Join-Path $TestDrive content)
        Set-Content (Join-Path $content note.txt) 'hello from a package'
        [IO.Compression.ZipFile]::CreateFromDirectory($content, (Join-Path $TestDrive Acme.1.2.0.zip))
        $null = Publish-RunbookPackage (Join-Path $TestDrive Acme.1.2.0.zip)

        $null = New-Runbook Whole {
            New-RunbookStep One -Pool Far -Package @{ Id = 'Acme'; Name = 'acme' } {
                "over $(($env:SSH_CONNECTION -split ' ')[0])"
                Get-Content (Join-Path $OctopusParameters['Octopus.Action.Package[acme].ExtractedPath'] note.txt)
                Set-OctopusVariable -Name Answer -Value 42
                Set-OctopusVariable -Name Hidden -Value 'another-secret' -Sensitive
                [pscustomobject]@{ Name = 'shown'; Token = $OctopusParameters['Token'] }
                Write-Warning "The token is $($OctopusParameters['Token'])"
                Set-Content report.txt made
                New-OctopusArtifact -Path report.txt
            }
            New-RunbookStep Two -Pool Far {
                "answer $($OctopusParameters['Octopus.Action[One].Output.Answer'])"
                [pscustomobject]@{ Hidden = $OctopusParameters['Octopus.Action[One].Output.Hidden'] }
            }
        }
        $null = New-Runbook Kept {
            New-RunbookStep First -Pool Far { $global:mark = 'kept'; "first $PID" }
            New-RunbookStep Second -Pool Far { "second $PID $global:mark" }
        }
        $begun = Join-Path $TestDrive begun
        $wait = [scriptblock]::Create("Set-Content '$begun' `$PID; Start-Sleep 3000")
        $null = New-Runbook Long { New-RunbookStep Wait $wait -Pool Far }
        $null = New-Runbook Short { New-RunbookStep Wait $wait -Pool Far -TimeoutSec 15 }

        function Assert-Whole([string] $Log) {
            $Log | Should -Match 'over 127\.0\.0\.1'
            $Log | Should -Match 'hello from a package'
            $Log | Should -Match 'answer 42'
            $Log | Should -Match 'shown'
            $Log | Should -Match 'The token is \*{8}'
            $Log | Should -Not -Match $secret
            $Log | Should -Not -Match 'another-secret'
        }

        function Wait-Begun {
            # The process of the script, once it has begun.
            Wait-Until { (Test-Path $begun) -and (Get-Content -Raw $begun) -match '^\d+\s' }
            [int] (Get-Content $begun)
        }
    }

    AfterAll { Remove-Store }

    BeforeEach {
        if (-not $isThere) { Set-ItResult -Skipped -Because 'there is no sshd here (Debian: openssh-server)'; return }
        Remove-Item $begun -ErrorAction Ignore
    }

    It 'have packages, outputs and artifacts, and secrets are masked in objects too' {
        $run = Invoke-Runbook Whole Development 6>$null 3>$null
        $run.Status | Should -Be Success
        Assert-Whole ((Receive-RunbookRun $run).Text -join "`n")
        Get-Content (Get-RunbookArtifact $run | Save-RunbookArtifact -Path (Join-Path $TestDrive kept)) | Should -Be made
    }

    It 'do the same for the command octoworkers' {
        $command = Get-OctoWorkersCommand
        if (-not $command) { Set-ItResult -Skipped -Because 'the command is not built: dotnet build the solution'; return }
        $said = dotnet $command run Whole --environment Development --home $env:OCTOWORKERS_HOME 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $said
        Assert-Whole $said
    }

    It 'have a session each, unless the run keeps one' {
        $run = Invoke-Runbook Kept Development 6>$null
        $own = (Receive-RunbookRun $run).Text -join "`n"
        $own | Should -Not -Match 'second \d+ kept'
        $run = Invoke-Runbook Kept Development -Variable @{ 'OctoWorkers.PowerShell.KeepSession' = 'True' } 6>$null
        $shared = (Receive-RunbookRun $run).Text -join "`n"
        $shared | Should -Match '(?s)first (\d+).*second \1 kept'
    }

    It 'end when the run is canceled' {
        $run = Start-RunbookRun Long Development
        $there = Wait-Begun
        $run | Stop-RunbookRun -Wait | Out-Null
        (Get-RunbookRun $run).Status | Should -Be Canceled
        Wait-Until { -not (Get-Process -Id $there -ErrorAction Ignore) }
    }

    It 'end when they take too long' {
        $run = Invoke-Runbook Short Development -ErrorAction SilentlyContinue 6>$null
        $run.Status | Should -Be Failed
        $run.Steps[0].Attempts[-1].Outcome | Should -Be TimedOut
        if (Test-Path $begun) { Wait-Until { -not (Get-Process -Id (Get-Content $begun) -ErrorAction Ignore) } }
    }
}
