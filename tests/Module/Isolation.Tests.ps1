# Other modules may bring the same libraries in other versions, before ours is loaded or after.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store isolation
    $other = Join-Path $TestDrive Other
    $null = New-Item -ItemType Directory $other
    # Assemblies that are named like the engine's libraries, with versions that nobody else has.
    $make = foreach ($name in 'YamlDotNet', 'Microsoft.Data.Sqlite', 'OctoWorkers.Engine') {
        $file = Join-Path $other "$name.dll"
        "Add-Type -OutputAssembly '$file' -TypeDefinition 'using System.Reflection; [assembly: AssemblyVersion(""1.2.3.4"")] namespace Other { public class $($name -replace '\.') { public static string Version => typeof($($name -replace '\.')).Assembly.GetName().Version.ToString(); } }'"
    }
    $made = Invoke-Pwsh ($make -join "`n")
    if ($made.Error) { throw $made.Error }
    Set-Content (Join-Path $other Other.psd1) "@{ ModuleVersion = '1.0'; RequiredAssemblies = 'YamlDotNet.dll', 'Microsoft.Data.Sqlite.dll' }"
    $yaml = Join-Path $TestDrive d.yaml
    Set-Content $yaml 'environments: [{ name: Isolated }]'
    $use = "Import-Runbook '$yaml' | Out-Null; (Get-WorkerEnvironment Isolated).Name"
    $ask = '[Other.YamlDotNet]::Version; [Other.MicrosoftDataSqlite]::Version'
}
AfterAll { Remove-Store }

Describe 'Beside a module with other versions of the same libraries' {
    It 'works when that is loaded before' {
        $run = Invoke-Pwsh "Import-Module '$other/Other.psd1'; $ask; Import-Module '$ModuleManifest'; $use; $ask"
        $run.Error | Should -BeNullOrEmpty
        $run.Output -split '\s+' -ne '' | Should -Be 1.2.3.4, 1.2.3.4, Isolated, 1.2.3.4, 1.2.3.4
    }

    It 'works, and lets it work, when that is loaded after' {
        $run = Invoke-Pwsh "Import-Module '$ModuleManifest'; $use; Import-Module '$other/Other.psd1'; $ask; $use"
        $run.Error | Should -BeNullOrEmpty
        $run.Output -split '\s+' -ne '' | Should -Be Isolated, 1.2.3.4, 1.2.3.4, Isolated
    }

    It 'keeps its libraries in a context of its own' {
        $null = Get-WorkerPool
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
        $default | Should -Not -Contain OctoWorkers.Engine
        $default | Should -Not -Contain Microsoft.Data.Sqlite
        $default | Should -Contain OctoWorkers.Contracts
    }

    It 'ships no library that PowerShell brings' {
        $files = Get-ChildItem (Split-Path $ModuleManifest) -Recurse -Filter *.dll | ForEach-Object Name
        $files | Should -Not -Contain Newtonsoft.Json.dll
        $files | Should -Not -Contain System.Management.Automation.dll
    }

    It 'ships native libraries of the supported platforms only' {
        Get-ChildItem (Join-Path (Split-Path $ModuleManifest) engine/native) | ForEach-Object Name | Sort-Object | Should -Be linux-arm64, linux-x64, osx-arm64, osx-x64
    }
}
