# Every example of the help runs, each in a store of its own that holds what the pages speak of.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../../output/OctoWorkers')
    $examples = foreach ($command in Get-Command -Module OctoWorkers) {
        $number = 0
        foreach ($example in (Get-Help $command.Name -Full).examples.example) {
            $number++
            @{ Command = $command.Name; Number = $number; Title = ($example.title -replace '^[- ]+|[- ]+$'); Code = $example.code }
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
    $template = $env:OCTOWORKERS_HOME
    $number = 0
}

AfterAll { $env:WINRM_PASSWORD = $null; Remove-Module OctoWorkers; Remove-Store }

Describe 'The examples of <_.Group[0].Command>' -ForEach ($examples | Group-Object { $_.Command }) {
    It '<Title>' -ForEach $_.Group {
        $env:OCTOWORKERS_HOME = Join-Path $StoreRoot "example-$Command-$Number"
        Copy-Item $template $env:OCTOWORKERS_HOME -Recurse
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive "files-$Command-$Number")
        Push-Location $folder
        try {
            $ErrorActionPreference = 'Stop'
            & ([scriptblock]::Create($Code)) *>&1 | Out-String | Should -Not -Match 'Exception'
        }
        finally {
            Pop-Location
        }
    }
}
