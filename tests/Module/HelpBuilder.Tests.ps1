# The build fails where a page and its cmdlet differ.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    $root = Resolve-Path "$PSScriptRoot/../.."
    $tool = "$root/tools/OctoWorkers.HelpBuilder/bin/Release/net10.0/OctoWorkers.HelpBuilder.dll"
    $built = "$root/src/OctoWorkers.PowerShell/bin/Release/net10.0"
    $pages = Join-Path $TestDrive pages

    function Build-Help {
        $target = Join-Path $TestDrive help.xml
        # This PowerShell's own assembly stands for the one that the module was compiled against.
        $output = dotnet $tool "$built/OctoWorkers.PowerShell.dll" $pages $target "$PSHOME/System.Management.Automation.dll" "$built/OctoWorkers.Contracts.dll" "$built/OctoWorkers.Engine.dll" "$built/OctoWorkers.Storage.dll" 2>&1
        [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = "$output" }
    }
}

Describe 'The help builder' {
    BeforeEach {
        Remove-Item -Recurse -Force $pages -ErrorAction SilentlyContinue
        Copy-Item "$root/docs/cmdlets" $pages -Recurse
    }

    It 'accepts the pages as they are' {
        $result = Build-Help
        $result.Output | Should -BeNullOrEmpty
        $result.ExitCode | Should -Be 0
        (Get-Content -Raw (Join-Path $TestDrive help.xml)) | Should -Be (Get-Content -Raw (Join-Path (Split-Path $ModuleManifest) en-US/OctoWorkers.PowerShell.dll-Help.xml))
    }

    It 'misses a page' {
        Remove-Item "$pages/Get-Worker.md"
        $result = Build-Help
        $result.ExitCode | Should -Be 1
        $result.Output | Should -Match 'Get-Worker has no page'
    }

    It 'misses the text of a parameter' {
        $page = "$pages/Get-Worker.md"
        (Get-Content -Raw $page) -replace '(?s)### -Health\n.*?(?=###? )' | Set-Content $page
        (Build-Help).Output | Should -Match 'The parameter -Health has no text'
    }

    It 'finds <What> that does not exist' -ForEach @(
        @{ What = 'a parameter'; From = '### -Health'; To = '### -Sickness'; Says = 'no parameter -Sickness' }
        @{ What = 'an output type'; From = '### OctoWorkers.WorkerRecord'; To = '### OctoWorkers.Nothing'; Says = 'does not declare the output type OctoWorkers.Nothing' }
        @{ What = 'a chapter'; From = '## Links'; To = '## Notes'; Says = "'## Notes' is no chapter" }
    ) {
        $page = "$pages/Get-Worker.md"
        (Get-Content -Raw $page).Replace($From, $To) | Set-Content $page
        $result = Build-Help
        $result.ExitCode | Should -Be 1
        $result.Output | Should -Match $Says
    }

    It 'finds a page without a cmdlet' {
        Copy-Item "$pages/Get-Worker.md" "$pages/Get-Nothing.md"
        (Build-Help).Output | Should -Match "must begin with '# Get-Nothing'"
    }

    It 'wants two examples' {
        $page = "$pages/Get-Worker.md"
        (Get-Content -Raw $page) -replace '(?s)(### All workers.*?)###.*?## Links', '$1## Links' | Set-Content $page
        (Build-Help).Output | Should -Match 'There are 1 examples'
    }
}
