using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Tests.Transports;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Scripts;

/// <summary>What every language does alike. A language says how it writes each call.</summary>
public abstract class LanguageContract : ScriptWorld
{
    private const string Odd = "it's \"q\" $(id) `x` ${HOME} \\ \u00e9\U0001F419 \u2019]\n\ntwo ";

    protected abstract ScriptSyntax Syntax { get; }

    /// <summary>Prints a text that an expression gives, between angle brackets.</summary>
    protected abstract string Print(string expression);

    /// <summary>Reads a variable whose name is a constant.</summary>
    protected abstract string Read(string name);

    /// <summary>A constant; it holds letters, digits, blanks and dots only.</summary>
    protected abstract string Constant(string text);

    /// <summary>The call of a helper by its purpose.</summary>
    protected abstract string Call(string purpose, params string[] arguments);

    /// <summary>Prints the script's arguments, each between angle brackets.</summary>
    protected abstract string PrintArguments { get; }

    /// <summary>A shared module that defines the function, which says a name and a variable; and how a script calls it.</summary>
    protected abstract (string Module, string Use) Shared { get; }

    private protected ScriptSource Script(params string[] lines) => new(Syntax, string.Join('\n', lines) + "\n");

    [Fact]
    public async Task GivenVariables_WhenRead_ThenTheirValuesAreAsTheyWere()
    {
        string text = await OutputAsync(Script(Print(Read("Odd.Value")), Print(Read("odd.value")), Print(Read("None")), Print(Read("Empty"))) with
        {
            Variables = new Dictionary<string, string> { ["Odd.Value"] = Odd, ["Empty"] = "", ["x'y\"z\n$(touch bad)[]"] = Odd, ["ZZ"] = "z" },
        });
        Assert.Equal($"<{Odd}>\n<{Odd}>\n<>\n<>\n", text);
    }

    [Fact]
    public async Task GivenThousandVariablesAndOneOfAMegabyte_WhenRead_ThenAllAreThere()
    {
        Dictionary<string, string> variables = Enumerable.Range(0, 1000).ToDictionary(n => $"Some.Variable[{n}].Name", n => $"value {n}");
        variables["Long"] = new string('x', 1_000_000);
        variables[new string('n', 10_000)] = "long name";
        string text = await OutputAsync(Script(Print(Read("Some.Variable[999].Name")), Print(Read(new string('n', 10_000))), Print(Read("Long"))) with { Variables = variables });
        Assert.Equal($"<value 999>\n<long name>\n<{variables["Long"]}>\n", text);
    }

    [Fact]
    public async Task GivenEveryHelper_WhenCalled_ThenItsServiceMessageIsWritten()
    {
        string text = await OutputAsync(Script(
            Call("set", Constant("Name of it"), Read("V")),
            Call("set sensitive", Constant("S"), Read("V")),
            Call("progress", "50", Constant("half way")),
            Call("verbose", Constant("a verbose line")),
            Call("highlight", Constant("a highlight")),
            Call("wait", Constant("a wait")),
            Call("warning", Constant("a warning"))) with { Variables = new Dictionary<string, string> { ["V"] = Odd } });
        Assert.Equal(
            Message("setVariable", ("name", "Name of it"), ("value", Odd))
            + Message("setVariable", ("name", "S"), ("value", Odd), ("sensitive", "True"))
            + Message("progress", ("percentage", "50"), ("message", "half way"))
            + Line("verbose", "a verbose line") + Line("highlight", "a highlight") + Line("wait", "a wait") + Line("warning", "a warning"),
            text);
    }

    [Fact]
    public async Task GivenArtifact_WhenKept_ThenItsPathIsAbsoluteAndItsLengthKnown()
    {
        string file = Folder.File("an artifact.txt");
        await File.WriteAllTextAsync(file, "12345", Stop);
        string text = await OutputAsync(Script(
            Call("artifact", Read("File")), Call("artifact", Read("File"), Constant("other name")), Call("artifact", Constant("missing.txt"))) with
        {
            Variables = new Dictionary<string, string> { ["File"] = file },
        });
        string[] messages = text.Split('\n');
        Assert.Equal(Message("createArtifact", ("path", file), ("name", "an artifact.txt"), ("length", "5")), messages[0] + "\n");
        Assert.Equal(Message("createArtifact", ("path", file), ("name", "other name"), ("length", "5")), messages[1] + "\n");
        Assert.DoesNotContain("length", messages[2], StringComparison.Ordinal);
        string path = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(messages[2].Split('\'')[1]));
        Assert.EndsWith("/missing.txt", path, StringComparison.Ordinal);
        Assert.StartsWith(Folder.Path, path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenFailStep_WhenCalled_ThenTheScriptEndsWithItsMessage()
    {
        AttemptResult result = await RunAsync(Script(Call("fail", Constant("no way")), Print(Constant("after"))));
        Assert.Equal((Message("resultMessage", ("message", "no way")), "", 1), (result.Out, result.Error, result.ExitCode));
    }

    [Fact]
    public async Task GivenOddArguments_WhenRun_ThenTheyArriveAsTheyAre()
    {
        string[] arguments = ["a b", "", "it's", "\"q\" $x `y`", "one\ntwo", "*", "\u00e9\U0001F419"];
        string text = await OutputAsync(Script(PrintArguments) with { Arguments = arguments });
        Assert.Equal(string.Concat(arguments.Select(argument => $"<{argument}>\n")), text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GivenSharedModule_WhenUsed_ThenItSeesTheVariables(bool holdsSecret)
    {
        string text = await OutputAsync(Script(Shared.Use) with
        {
            Modules = [new ScriptModule("My_module", Syntax, Shared.Module)],
            Variables = new Dictionary<string, string> { ["V"] = "value" },
            HoldsSecret = holdsSecret,
        });
        Assert.Equal("shared value\n", text);
    }

    [Fact]
    public async Task GivenBodyWithASecret_WhenRun_ThenTheFileIsEmptyAndItRunsAllTheSame()
    {
        ScriptSource source = Script(Print(Constant("hunter2")), PrintArguments) with { HoldsSecret = true, Arguments = ["a b"] };
        Assert.DoesNotContain("hunter2", System.Text.Encoding.UTF8.GetString(source.Start("r", 1, "t").Script.Span), StringComparison.Ordinal);
        Assert.Equal("<hunter2>\n<a b>\n", await OutputAsync(source));
    }

    [Fact]
    public async Task GivenMarkAndCarriageReturns_WhenRun_ThenTheyDoNotMatter()
    {
        string body = "\uFEFF" + Script(Print(Constant("one")), Print(Constant("two"))).Body.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal("<one>\n<two>\n", await OutputAsync(new ScriptSource(Syntax, body)));
        Assert.Equal("<one>\n<two>\n", await OutputAsync(new ScriptSource(Syntax, body) { HoldsSecret = true }));
    }

    [Fact]
    public async Task GivenBodyThatReadsDescriptorThree_WhenRun_ThenItIsClosedInIt()
    {
        Assert.Equal("closed\n", await OutputAsync(Script(Call("shell", "(cat <&3) 2>/dev/null || echo closed"))));
    }

    [Fact]
    public async Task GivenBrokenSyntax_WhenRun_ThenTheErrorNamesTheLine()
    {
        AttemptResult result = await RunAsync(Script(Print(Constant("one")), "", "if ) ("));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Matches(@"(line |Line |:)\s*\|?\s*3\b", result.Error);
    }
}
