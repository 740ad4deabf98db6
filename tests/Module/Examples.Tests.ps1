# Every example of the help runs, in a store that holds what the pages speak of.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../output/OctoWorkers')

    # What opens PowerShell sessions shares a store, and with it sessions that are warm already: each is a process.
    $sharing = 'Copy-WorkerItem', 'Invoke-WorkerCommand'
    $examples = foreach ($command in Get-Command -Module OctoWorkers) {
        $number = 0
        foreach ($example in (Get-Help $command.Name -Full).examples.example) {
            $number++
            @{
                Command = $command.Name; Number = $number; Title = ($example.title -replace '^[- ]+|[- ]+$'); Code = $example.code
                Store = $command.Name -in $sharing ? 'sessions' : "$($command.Name)-$number"
            }
        }
    }
}

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    $env:WINRM_PASSWORD = 'correct horse'
    Use-Store template
    Initialize-Store
    $null = Invoke-Runbook Greet Development 6>$null
    # The file is whole once nobody has the store open.
    Remove-Module OctoWorkers
    Import-Module $ModuleManifest
    $template = Get-ChildItem $env:OCTOWORKERS_HOME -File

    # Background drivers are the command where it was built: it starts in a fraction of the time that a PowerShell takes.
    $path = $env:PATH
    $env:PATH = @($env:PATH; Get-OctoWorkersCommand | Split-Path) -join [IO.Path]::PathSeparator
}

AfterAll { $env:WINRM_PASSWORD = $null; $env:PATH = $path; Remove-Store }

Describe 'The examples of the help' {
    It '<Command>: <Title>' -ForEach $examples {
        $env:OCTOWORKERS_HOME = Join-Path $StoreRoot $Store
        if (-not [IO.Directory]::Exists($env:OCTOWORKERS_HOME)) {
            $null = [IO.Directory]::CreateDirectory($env:OCTOWORKERS_HOME)
            $template | ForEach-Object { [IO.File]::Copy($_.FullName, (Join-Path $env:OCTOWORKERS_HOME $_.Name)) }
        }

        $folder = [IO.Directory]::CreateDirectory((Join-Path $StoreRoot "files-$Command-$Number")).FullName
        Push-Location -LiteralPath $folder
        try {
            $ErrorActionPreference = 'Stop'
            & ([scriptblock]::Create($Code)) *>&1 | Out-String | Should -Not -Match 'Exception'
        }
        finally {
            Pop-Location
        }
    }
}
