# The module's package, where build.ps1 -Task Pack has made one.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    $version = (Import-PowerShellDataFile $ModuleManifest).ModuleVersion
    $package = Join-Path $PSScriptRoot "../../output/packages/OctoWorkers.$version.nupkg"
    $isThere = Test-Path $package
    if ($isThere) {
        $folder = Join-Path $TestDrive OctoWorkers
        [IO.Compression.ZipFile]::ExtractToDirectory($package, $folder)
    }
}

Describe 'The package' {
    BeforeEach { if (-not $isThere) { Set-ItResult -Skipped -Because 'no package was made: pwsh ./build.ps1 -Task Pack' } }

    It 'says that it is a module' {
        $metadata = ([xml] (Get-Content -Raw (Join-Path $folder OctoWorkers.nuspec))).package.metadata
        $metadata.id | Should -Be OctoWorkers
        $metadata.version | Should -Be $version
        -split $metadata.tags | Should -Contain PSModule
        $metadata.dependencies | Should -BeNullOrEmpty
    }

    It 'has the module at its root, as it was built' {
        $built = Split-Path $ModuleManifest
        foreach ($file in Get-ChildItem $built -Recurse -File) {
            $packed = Join-Path $folder ([IO.Path]::GetRelativePath($built, $file.FullName))
            $packed | Should -Exist
        }
    }

    It 'is imported from where it was unpacked, with its help' {
        $run = Invoke-Pwsh "Import-Module '$folder'; (Get-Command -Module OctoWorkers).Count; (Get-Help Get-Worker).Synopsis"
        $run.Error | Should -BeNullOrEmpty
        $run.Output | Should -Match '(?s)^\d+\s+Gets workers'
    }
}
