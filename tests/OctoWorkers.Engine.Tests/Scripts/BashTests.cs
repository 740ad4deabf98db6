using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Tests.Transports;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Scripts;

public class BashTests : LanguageContract
{
    protected override ScriptSyntax Syntax => ScriptSyntax.Bash;

    protected override string PrintArguments => "for a in \"$@\"; do echo \"<$a>\"; done";

    protected override (string Module, string Use) Shared => ("say() { echo \"shared $(get_octopusvariable V)\"; }", "say");

    protected override Dictionary<string, string> Login => new(base.Login) { ["BASH_ENV"] = Profile(), ["SSH_CLIENT"] = "127.0.0.1 1 2", ["HOME"] = Folder.Path };

    protected override string Print(string expression) => $"printf '<%s>\\n' {expression}";

    protected override string Read(string name) => $"\"$(get_octopusvariable '{name}')\"";

    protected override string Constant(string text) => $"'{text}'";

    protected override string Call(string purpose, params string[] arguments) => purpose switch
    {
        "set" => $"set_octopusvariable {arguments[0]} {arguments[1]}",
        "set sensitive" => $"set_octopusvariable {arguments[0]} {arguments[1]} -sensitive",
        "progress" => $"update_progress {arguments[0]} {arguments[1]}",
        "artifact" => $"new_octopusartifact {string.Join(' ', arguments)}",
        "fail" => $"fail_step {arguments[0]}",
        "shell" => arguments[0],
        _ => $"write_{purpose} {arguments[0]}",
    };

    [Fact]
    public async Task GivenTheArray_WhenUsed_ThenItHoldsTheVariables()
    {
        string text = await OutputAsync(Script("k=$'q\\'\\n$(x)]'; echo \"${octopus_parameters[A.B]} ${#octopus_parameters[@]} ${octopus_parameters[$k]}\"") with
        {
            Variables = new Dictionary<string, string> { ["A.B"] = "v", ["q'\n$(x)]"] = "odd" },
        });
        Assert.Equal("v 2 odd\n", text);
    }

    [Theory]
    [InlineData("return 4; echo no", 4)]
    [InlineData("f() { exit 7; }; f; echo no", 7)]
    [InlineData("set -eu; false; echo no", 1)]
    [InlineData("trap 'exit 9' EXIT; :", 9)]
    [InlineData("false", 1)]
    public async Task GivenWayToEnd_WhenTaken_ThenTheExitCodeIsTheScripts(string script, int code)
    {
        foreach ((bool holdsSecret, bool isPlain) in new[] { (false, false), (true, false), (false, true) })
        {
            AttemptResult result = await RunAsync(Script(script) with { HoldsSecret = holdsSecret, IsPlain = isPlain });
            Assert.Equal(("", "", code), (result.Out, result.Error, result.ExitCode));
        }
    }

    [Fact]
    public async Task GivenPlainScript_WhenRun_ThenArgumentsAndEnvironmentAreItsOwnAndNothingElseIsThere()
    {
        ScriptSource source = Script(PrintArguments, "echo \"$A ${BASH_ENV-unset} ${#octopus_parameters[@]}\"", "declare -F", "[ ! -e /dev/fd/3 ] && echo closed") with
        {
            IsPlain = true,
            Arguments = ["a b", "-x"],
            Environment = new Dictionary<string, string> { ["A"] = "1" },
            Variables = new Dictionary<string, string> { ["V"] = "v" },
        };
        Assert.Equal("<a b>\n<-x>\n1 unset 0\nclosed\n", await OutputAsync(source));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GivenErrorInALine_WhenRun_ThenFileAndLineAreTheScripts(bool isPlain)
    {
        AttemptResult result = await RunAsync(Script("echo \"$LINENO ${BASH_SOURCE[0]##*/} ${0##*/}\"", "", "no-such-command") with { IsPlain = isPlain });
        string name = result.Out.Split(' ', '\n')[1];
        Assert.Equal($"1 {name} {name}\n", result.Out);
        Assert.EndsWith($"/{name}: line 3: no-such-command: command not found\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenStrictMode_WhenHelpersAreCalled_ThenTheyWork()
    {
        string text = await OutputAsync(Script("set -euo pipefail", "get_octopusvariable None", "get_octopusvariable ''", "set_octopusvariable n ''", "write_verbose ''", "update_progress 1"));
        Assert.Equal(Message("setVariable", ("name", "n"), ("value", "")) + Line("verbose", "") + Message("progress", ("percentage", "1"), ("message", "")), text);
    }

    [Fact]
    public async Task GivenOldBash_WhenAVariableIsRead_ThenItIsFoundInTheText()
    {
        string text = await OutputAsync(Script(
            """
            __ow_variables=$'\n'"['a'\''b']='x'$'\n''y'"$'\n'"['c']='z'"$'\n)'
            __ow_find_variable "a'b"; echo; __ow_find_variable c; __ow_find_variable none
            """));
        Assert.Equal("x\ny\nz", text);
    }

    [Fact]
    public void GivenNulInAVariable_WhenComposed_ThenTheErrorNamesIt()
    {
        ScriptSource source = Script(":") with { Variables = new Dictionary<string, string> { ["Bad"] = "a\0b" } };
        OctoWorkersException failure = Assert.Throws<OctoWorkersException>(() => source.Start("r", 1, "t"));
        Assert.Equal(EngineError.InvalidArgument, failure.Error);
        Assert.Contains("Bad", failure.Message, StringComparison.Ordinal);
    }

    private string Profile()
    {
        foreach (string name in new[] { ".bashrc", ".profile", ".bash_profile" })
        {
            File.WriteAllText(Folder.File(name), "echo profile; sleep 100\n");
        }

        return Folder.File(".bashrc");
    }
}
