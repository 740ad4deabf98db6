# The module's package, made of what was built: what NuGet and PSResourceGet ask of one, as far as it can be seen in the file.

BeforeDiscovery {
    $canPack = [bool] (Get-Command dotnet -CommandType Application -ErrorAction Ignore)
    # A PowerShell that was built without its gallery's commands lacks them.
    $canInstall = [bool] (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet)
}

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store package
    $manifest = Import-PowerShellDataFile $ModuleManifest
    $version = $manifest.ModuleVersion
}

AfterAll { Remove-Store }

Describe 'The package' -Skip:(-not $canPack) {
    BeforeAll {
        $project = Join-Path $PSScriptRoot '../../src/OctoWorkers.PowerShell'
        $said = dotnet pack $project -c Release --no-build -o (Join-Path $TestDrive packages) --nologo 2>&1
        if ($LASTEXITCODE) { throw "It cannot be packed: $said" }
        $package = Join-Path $TestDrive packages "OctoWorkers.$version.nupkg"
        $archive = [IO.Compression.ZipFile]::OpenRead($package)
        $names = @($archive.Entries.FullName)
        $archive.Dispose()
        $folder = Join-Path $TestDrive OctoWorkers
        [IO.Compression.ZipFile]::ExtractToDirectory($package, $folder)
        $metadata = ([xml] (Get-Content -Raw (Join-Path $folder OctoWorkers.nuspec))).package.metadata
        # What an installation leaves out: the package's own parts.
        $content = @($names | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]\.xml$|[^/]+\.nuspec$)' })
    }

    It 'is named by id and version, by which a folder is searched' {
        @(Get-ChildItem (Join-Path $TestDrive packages)).Name | Should -Be "OctoWorkers.$version.nupkg"
    }

    It 'has one nuspec, at its root, named by the id' {
        @($names -like '*.nuspec') | Should -Be OctoWorkers.nuspec
    }

    It 'has the fields that NuGet needs, in its forms' {
        $metadata.id | Should -Match '^\w+([.-]\w+)*$'
        $metadata.id.Length | Should -BeLessOrEqual 100
        $metadata.version | Should -Match '^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$'
        $metadata.authors | Should -Not -BeNullOrEmpty
        $metadata.description.Length | Should -BeIn (1..4000)
        $metadata.requireLicenseAcceptance | Should -Be false
        $metadata.license.type | Should -Be expression
        $metadata.license.InnerText | Should -Be MIT
        $metadata.dependencies | Should -BeNullOrEmpty
    }

    It 'says that it is a module, what it has, and for which edition' {
        $tags = -split $metadata.tags
        foreach ($tag in 'PSModule', 'PSEdition_Core', 'PSIncludes_Cmdlet') { $tags | Should -Contain $tag }
        $metadata.tags | Should -Not -Match '[,;]'
        foreach ($tag in $manifest.PrivateData.PSData.Tags) { $tags | Should -Contain $tag }
    }

    It 'says what the manifest says' {
        $metadata.id | Should -Be ([IO.Path]::GetFileNameWithoutExtension($ModuleManifest))
        $metadata.version | Should -Be $version
        $metadata.authors | Should -Be $manifest.Author
        $metadata.description | Should -Be $manifest.Description
    }

    It 'gives each part a type' {
        [xml] $types = Get-Content -Raw -LiteralPath (Join-Path $folder '[Content_Types].xml')
        $extensions = @($types.Types.Default.Extension)
        $overrides = @($types.Types.Override.PartName)
        foreach ($name in $names -ne '[Content_Types].xml') {
            ([IO.Path]::GetExtension($name).TrimStart('.') -in $extensions) -or ("/$name" -in $overrides) | Should -BeTrue -Because $name
        }
    }

    It 'leads from its root to the nuspec and the core properties' {
        [xml] $relationships = Get-Content -Raw (Join-Path $folder _rels/.rels)
        foreach ($one in $relationships.Relationships.Relationship) { $one.Target.TrimStart('/') | Should -BeIn $names }
        @($relationships.Relationships.Relationship.Type) -match '/manifest$' | Should -HaveCount 1
    }

    It 'has names that every file system takes, each once' {
        @($names | Group-Object { $_.ToLowerInvariant() } | Where-Object Count -gt 1) | Should -BeNullOrEmpty
        foreach ($name in $names) { $name | Should -Not -Match '\\|^/|(^|/)\.\.?(/|$)|[<>:"|?*%]' }
    }

    It 'has the module at its root, as it was built, and nothing else' {
        $built = Split-Path $ModuleManifest
        $files = @(Get-ChildItem $built -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($built, $_.FullName) })
        $content | Sort-Object | Should -Be ($files | Sort-Object)
        foreach ($file in $files) { (Get-FileHash (Join-Path $folder $file)).Hash | Should -Be (Get-FileHash (Join-Path $built $file)).Hash -Because $file }
    }

    It 'is a module once it is installed: name, version and exports, with its help' {
        $installed = Join-Path $TestDrive Modules/OctoWorkers $version
        foreach ($name in $content) {
            $null = New-Item -ItemType Directory -Force (Split-Path (Join-Path $installed $name))
            Copy-Item (Join-Path $folder $name) (Join-Path $installed $name)
        }
        $run = Invoke-Pwsh @"
            `$env:PSModulePath = '$(Join-Path $TestDrive Modules)'
            `$module = Test-ModuleManifest (Get-Module -ListAvailable OctoWorkers).Path
            "`$(`$module.Name) `$(`$module.Version)"
            Import-Module OctoWorkers -RequiredVersion $version
            (Get-Command -Module OctoWorkers).Count -eq `$module.ExportedCmdlets.Count
            (Get-Help Get-Worker).Synopsis
            (Get-WorkerPool).Name
"@
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split "`n" | Should -Be "OctoWorkers $version", True, 'Gets workers, with their health and leases.', 'Default Worker Pool'
    }

    It 'is found in a folder, installed, imported and removed by PSResourceGet' -Skip:(-not $canInstall) {
        # A home of its own: the list of repositories and the modules installed are the user's.
        $ownHome = (New-Item -ItemType Directory (Join-Path $TestDrive home)).FullName
        $run = Invoke-Pwsh @"
            `$env:HOME = '$ownHome'
            & (Get-Process -Id `$PID).Path -NoProfile -NonInteractive -Command {
                `$ErrorActionPreference = 'Stop'
                `$ProgressPreference = 'SilentlyContinue'
                Register-PSResourceRepository -Name Built -Uri '$(Join-Path $TestDrive packages)' -Trusted
                (Find-PSResource OctoWorkers -Repository Built).Version.ToString()
                Install-PSResource OctoWorkers -Repository Built
                (Get-InstalledPSResource OctoWorkers).Name
                Import-Module OctoWorkers
                (Get-Module OctoWorkers).Path.StartsWith('$ownHome')
                (Get-WorkerPool).Name
                Remove-Module OctoWorkers
                Uninstall-PSResource OctoWorkers
                @(Get-InstalledPSResource OctoWorkers -ErrorAction Ignore).Count
            }
"@
        $run.Error | Should -BeNullOrEmpty
        $run.Output.Trim() -split "`n" | Should -Be $version, OctoWorkers, True, 'Default Worker Pool', 0
    }
}
