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
}

Describe 'The help builder, of pages with one fault each,' {
    BeforeAll {
        function Edit-Page([string] $Name, [scriptblock] $Change) {
            $text = Get-Content -Raw "$pages/$Name.md"
            $changed = & $Change $text
            $changed | Should -Not -Be $text
            Set-Content "$pages/$Name.md" $changed
        }

        Copy-Item "$root/docs/cmdlets" $pages -Recurse -Force
        Remove-Item "$pages/Get-WorkerLease.md"
        Edit-Page Get-Worker { $args[0] -replace '(?s)### -Health\n.*?(?=###? )' }
        Edit-Page Get-WorkerPool { $args[0].Replace('### -Name', '### -Sickness') }
        Edit-Page Get-WorkerTenant { $args[0].Replace('### OctoWorkers.TenantRecord', '### OctoWorkers.Nothing') }
        Edit-Page Get-WorkerEnvironment { $args[0].Replace('## Links', '## Notes') }
        Copy-Item "$pages/Get-Runbook.md" "$pages/Get-Nothing.md"
        Edit-Page Test-Runbook { $args[0] -replace '(?s)(## Examples.*?###.*?)###.*?## Links', '$1## Links' }
        $result = Build-Help
    }

    It 'fails' { $result.ExitCode | Should -Be 1 }

    It 'says of <Page>: <Says>' -ForEach @(
        @{ Page = ''; Says = 'Get-WorkerLease has no page' }
        @{ Page = 'Get-Worker'; Says = 'The parameter -Health has no text' }
        @{ Page = 'Get-WorkerPool'; Says = 'no parameter -Sickness' }
        @{ Page = 'Get-WorkerTenant'; Says = 'does not declare the output type OctoWorkers.Nothing' }
        @{ Page = 'Get-WorkerEnvironment'; Says = "'## Notes' is no chapter" }
        @{ Page = 'Get-Nothing'; Says = "must begin with '# Get-Nothing'" }
        @{ Page = 'Test-Runbook'; Says = 'There are 1 examples' }
    ) {
        $about = $Page ? [regex]::Escape("/$Page.md") + ': error OWHELP: ((?!error OWHELP).)*' : ''
        $result.Output | Should -Match ($about + [regex]::Escape($Says))
    }
}
