BeforeAll {
    . $PSScriptRoot/Setup.ps1
    $manifest = Import-PowerShellDataFile $ModuleManifest
}

Describe 'The manifest' {
    It 'is valid' { (Test-ModuleManifest $ModuleManifest).Name | Should -Be OctoWorkers }

    It 'exports by name' {
        $manifest.CmdletsToExport | Should -Not -Contain '*'
        $manifest.FunctionsToExport, $manifest.AliasesToExport, $manifest.VariablesToExport | ForEach-Object { $_ } | Should -BeNullOrEmpty
    }

    It 'refuses Windows PowerShell and a PowerShell that is too old, by version and edition' {
        [version] $manifest.PowerShellVersion | Should -BeGreaterOrEqual ([version] '7.6')
        $manifest.CompatiblePSEditions | Should -Be Core
    }

    It 'says so when the version is not there' {
        $text = (Get-Content -Raw $ModuleManifest) -replace "PowerShellVersion = '7.6'", "PowerShellVersion = '99.0'"
        $copy = Join-Path $TestDrive OctoWorkers
        Copy-Item (Split-Path $ModuleManifest) $copy -Recurse
        Set-Content (Join-Path $copy OctoWorkers.psd1) $text
        $run = Invoke-Pwsh "Import-Module '$copy'"
        $run.ExitCode | Should -Be 1
        $run.Error | Should -Match '99\.0'
    }

    It 'has what a gallery asks for' {
        foreach ($key in 'Author', 'Description', 'GUID', 'ModuleVersion') { $manifest.$key | Should -Not -BeNullOrEmpty }
        $manifest.PrivateData.PSData.Tags | Should -Contain PSEdition_Core
        $manifest.PrivateData.PSData.LicenseUri | Should -Match '^https://'
    }

    It 'has the version of its assemblies' {
        (Get-Item (Join-Path (Split-Path $ModuleManifest) OctoWorkers.PowerShell.dll)).VersionInfo.ProductVersion | Should -BeLike "$($manifest.ModuleVersion)*"
    }
}
