using System.Text;
using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Tests.Transports;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Scripts;

public sealed class PowerShellTests : LanguageContract
{
    protected override ScriptSyntax Syntax => ScriptSyntax.PowerShell;

    protected override string PrintArguments => "foreach ($a in $args) { \"<$a>\" }";

    protected override (string Module, string Use) Shared => ("function Write-Shared { \"shared $($OctopusParameters['V'])\" }", "Write-Shared");

    protected override string Print(string expression) => $"'<' + {expression} + '>'";

    protected override string Read(string name) => $"$OctopusParameters['{name}']";

    protected override string Constant(string text) => $"'{text}'";

    protected override string Call(string purpose, params string[] arguments) => purpose switch
    {
        "set" => $"Set-OctopusVariable -Name {arguments[0]} -Value {arguments[1]}",
        "set sensitive" => $"Set-OctopusVariable {arguments[0]} {arguments[1]} -Sensitive",
        "progress" => $"Update-Progress {arguments[0]} {arguments[1]}",
        "artifact" => $"New-OctopusArtifact {string.Join(' ', arguments)}",
        "fail" => $"Fail-Step {arguments[0]}",
        "shell" => $"sh -c '{arguments[0]}'",
        _ => $"Write-{purpose} {arguments[0]}",
    };

    [Theory]
    [InlineData("function f { exit 7 }; f; 'no'", 7)]
    [InlineData("exit 3; 'no'", 3)]
    [InlineData("return; 'no'", 0)]
    [InlineData("Set-StrictMode -Version Latest; sh -c 'exit 5'", 5)]
    [InlineData("sh -c 'exit 5'; sh -c 'exit 0'", 0)]
    [InlineData("Set-StrictMode -Version Latest", 0)]
    public async Task GivenWayToEnd_WhenTaken_ThenTheExitCodeIsTheScripts(string script, int code)
    {
        AttemptResult result = await RunAsync(Script(script));
        Assert.Equal(("", "", code), (result.Out, result.Error, result.ExitCode));
    }

    [Theory]
    [InlineData("#Requires -Version 99", "PowerShell 99.0", "Script.ps1:2")]
    [InlineData("#requires -Modules NoSuchModule", "NoSuchModule", "Script.ps1:2")]
    public async Task GivenARequirementThatIsNotMet_WhenRun_ThenNothingOfTheScriptRan(string script, string missing, string place)
    {
        AttemptResult result = await RunAsync(Script("'one'", script, "'two'"));
        Assert.Equal(("", 1), (result.Out, result.ExitCode));
        Assert.Contains(missing, result.Error, StringComparison.Ordinal);
        Assert.Contains(place, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenARequirementThatIsMet_WhenRun_ThenTheScriptRunsAndItsModulesAreThere()
    {
        AttemptResult result = await RunAsync(Script("#Requires -Version 7.2 -Modules Microsoft.PowerShell.Security", "(Get-Module Microsoft.PowerShell.Security).Name"));
        Assert.Equal(("Microsoft.PowerShell.Security\n", "", 0), (result.Out, result.Error, result.ExitCode));
    }

    [Theory]
    [InlineData("throw 'boom'", "Script.ps1:2")]
    [InlineData("Write-Error 'boom'", "Write-Error: boom")]
    [InlineData("Get-Item /no/such/boom", "Script.ps1:2")]
    public async Task GivenUncaughtError_WhenRun_ThenItIsToldAndTheScriptFails(string script, string told)
    {
        AttemptResult result = await RunAsync(Script("'one'", script, "'never'"));
        Assert.Equal(("one\n", 1), (result.Out, result.ExitCode));
        Assert.Contains("boom", result.Error, StringComparison.Ordinal);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ a = 1 }; 'text'", 0)]
    [InlineData("[pscustomobject]@{ a = 1 }; 'text'; sh -c 'exit 3'", 3)]
    public async Task GivenATableAtTheEnd_WhenRun_ThenNothingOfItIsLost(string script, int code)
    {
        AttemptResult result = await RunAsync(Script(script));

        Assert.Equal(code, result.ExitCode);
        Assert.Equal(["a", "-", "1", "text"], result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task GivenNamedArguments_WhenRun_ThenTheyBindToParameters()
    {
        string text = await OutputAsync(Script("param([string]$First, [switch]$On, [string]$Last)", "\"<$First><$On><$Last><$args>\"") with
        {
            Arguments = ["-Last", "b 'c'\nd", "-On", "a", "rest"],
        });
        Assert.Equal("<a><True><b 'c'\nd><rest>\n", text);
    }

    [Fact]
    public async Task GivenNamesThatPowerShellAllows_WhenRead_ThenTheyAreVariablesUnlessTakenByItself()
    {
        string text = await OutputAsync(Script("\"$Plain $OctopusActionName $ErrorActionPreference $($PWD.Path -eq 'x') $($args.Count) $null\"", "function f { $plain }; f") with
        {
            Variables = new Dictionary<string, string>
            {
                ["Plain"] = "p", ["Octopus.Action.Name"] = "n", ["ErrorActionPreference"] = "x", ["PWD"] = "x", ["args"] = "x", ["null"] = "x", ["true"] = "x", ["Pl.ain"] = "other",
            },
        });
        Assert.Equal("p n Stop False 0 \np\n", text);
    }

    [Theory]
    [InlineData("@('a', 'b c', 3)", "a b c 3")]
    [InlineData("([Collections.Generic.List[int]](1, 2))", "1 2")]
    [InlineData("@()", "")]
    [InlineData("$null", "")]
    [InlineData("''", "")]
    [InlineData("$true", "True")]
    [InlineData("42", "42")]
    [InlineData("1.5", "1.5")]
    [InlineData("@{ a = 1 }", "System.Collections.Hashtable")]
    [InlineData("([pscustomobject]@{ a = 1 })", "@{a=1}")]
    [InlineData("$(Write-Output x y)", "x y")]
    public async Task GivenValueThatIsNoText_WhenSetAsAnOutput_ThenItIsWhatPowerShellMakesOfIt(string value, string expected)
    {
        string text = await OutputAsync(Script("[Threading.Thread]::CurrentThread.CurrentCulture = 'de-DE'", $"Set-OctopusVariable V {value}", $"$OFS = ', '; Set-OctopusVariable -Name W -Value {value}"));
        string second = expected is "a b c 3" ? "a, b c, 3" : expected is "1 2" or "x y" ? expected.Replace(" ", ", ", StringComparison.Ordinal) : expected;
        Assert.Equal($"{Message("V", expected)}{Message("W", second)}", text);
    }

    private static string Message(string name, string value)
        => $"##octopus[setVariable name='{Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}' value='{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}']\n";

    [Fact]
    public async Task GivenFilesInThePipeline_WhenKept_ThenEachIsAnArtifact()
    {
        string text = await OutputAsync(Script("'a' > a.txt; 'bb' > b.txt", "Get-ChildItem *.txt | New-OctopusArtifact", "Write-Host host; Write-Output out; 'w' | Write-Warning"));
        string[] lines = text.Split('\n');
        Assert.All(lines[..2], line => Assert.StartsWith("##octopus[createArtifact path='", line, StringComparison.Ordinal));
        Assert.Equal("host\nout\n" + Line("warning", "w"), string.Join('\n', lines[2..]));
    }
}
