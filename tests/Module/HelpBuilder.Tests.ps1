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

    It 'knows a default parameter set that no parameter names' {
        $assembly = Join-Path $TestDrive Thing.dll
        Add-Type -OutputAssembly $assembly -TypeDefinition @'
using System.Management.Automation;
[Cmdlet("Get", "Thing", DefaultParameterSetName = "Plain")]
public sealed class GetThingCommand : PSCmdlet
{
    [Parameter] public string Everywhere { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "Other")] public string There { get; set; }
}
'@
        Get-ChildItem $pages | Where-Object Name -ne Get-WorkerLease.md | Remove-Item
        $page = Get-Content -Raw "$pages/Get-WorkerLease.md"
        $examples = $page.Substring($page.IndexOf('## Examples'))
        Remove-Item "$pages/Get-WorkerLease.md"
        Set-Content "$pages/Get-Thing.md" ("# Get-Thing`n`nGets a thing.`n`n## Description`n`nThat.`n`n## Parameters`n`n### -Everywhere`n`nA.`n`n### -There`n`nB.`n`n## Inputs`n`n### None`n`nNothing.`n`n## Outputs`n`n### None`n`nNothing.`n`n" +
            ($examples -replace 'Get-WorkerLease', 'Get-Thing' -replace '(?s)## Links.*', "## Links`n`n- [Get-Thing](Get-Thing.md)`n"))
        $target = Join-Path $TestDrive thing.xml
        $output = dotnet $tool $assembly $pages $target "$PSHOME/System.Management.Automation.dll" 2>&1
        $output | Should -BeNullOrEmpty
        $items = ([xml](Get-Content -Raw $target)).GetElementsByTagName('command:syntaxItem')
        $items.Count | Should -Be 2
        @($items[0].parameter).name | Should -Be Everywhere
        @($items[1].parameter).name | Should -Be There, Everywhere
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
