using System.Text;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Cli.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly CommandHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task GivenATemplate_WhenEvaluated_ThenTheTextAndOneLineFeedComeOut()
    {
        string file = harness.WriteFile("v.json", """{"A": "x\ty ", "F": 1.50, "B": true, "J": {"K": [1, "2026-05-04T12:00:00Z"]}, "N": null, "big": 12345678901234567890123}""");
        CommandOutcome outcome = await harness.RunAsync("evaluate", "#{A}|#{f}|#{b}|#{J}|#{J.K[1]}|#{N}|#{big}\n", "--variables", file);
        Assert.Equal("x\ty |1.50|true|{\"K\":[1,\"2026-05-04T12:00:00Z\"]}|2026-05-04T12:00:00Z||12345678901234567890123\n\n", outcome.Out);
        Assert.Equal("", outcome.Error);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public async Task GivenNamesThatAreNotThere_WhenEvaluated_ThenTheyAreOnStandardErrorOneALine()
    {
        CommandOutcome outcome = await harness.RunAsync("evaluate", "#{B c}#{A}#{B c}");
        Assert.Equal(new(0, "#{B c}#{A}#{B c}\n", "B c\nA\n"), outcome);
    }

    [Fact]
    public async Task GivenProblems_WhenEvaluated_ThenTheyFollowTheNames()
    {
        CommandOutcome outcome = await harness.RunAsync("evaluate", "#{A}\n#{");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("#{A}\n#{\n", outcome.Out);
        Assert.StartsWith("A\nproblem: line 2, column 1: expected ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenJsonOutput_WhenEvaluated_ThenTheObjectHasAll()
    {
        JToken json = await harness.JsonAsync("evaluate", "#{A} #{");
        Assert.Equal("#{A} #{", json.Value<string>("text"));
        Assert.Equal("A", Assert.Single(json["unresolved"]!).Value<string>());
        Assert.Equal(6, Assert.Single(json["problems"]!).Value<int>("column"));
    }

    [Theory]
    [InlineData("#{A}", "there is no A")]
    [InlineData("#{ | Nope}", "line 1, column 6: ")]
    [InlineData("#{B}", "B -> B")]
    public async Task GivenStrictness_WhenAPartCannotBeEvaluated_ThenItFailsAndPrintsNothing(string template, string message)
    {
        CommandOutcome outcome = await harness.RunAsync("evaluate", template, "--strict", "--variables", harness.WriteFile("v.json", "{\"B\": \"#{B}\"}"));
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Out));
        Assert.StartsWith("octoworkers: TemplateInvalid: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenATemplateFile_WhenEvaluated_ThenItsMarkIsNoPartOfIt()
    {
        string file = harness.WriteFile("t.txt", "");
        await File.WriteAllBytesAsync(file, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("é#{A}\r\n")], TestContext.Current.CancellationToken);
        Assert.Equal("é1\r\n\n", (await harness.RunAsync("evaluate", "--template-file", file, "--variables", harness.WriteFile("v.json", "{\"a\": 1}"))).Out);
        Assert.Equal("-1\n", (await harness.RunAsync("evaluate", "--variables", harness.WriteFile("v.json", "{\"a\": 1}"), "--", "-#{A}")).Out);
        Assert.Equal("@x\n", (await harness.RunAsync("evaluate", "@x")).Out);
        Assert.Equal("\n", (await harness.RunAsync("evaluate", "")).Out);
    }

    [Theory]
    [InlineData("[]", "line 1, column 1")]
    [InlineData("", "line ")]
    [InlineData("{\"A\": 1,\n \"B\" 2}", "line 2, column ")]
    [InlineData("{\"A\": 1", "line 1, column ")]
    [InlineData("{} {}", "line 1, column ")]
    public async Task GivenNoVariables_WhenRead_ThenTheMessageHasFileAndLine(string content, string place)
    {
        string file = harness.WriteFile("v.json", content);
        CommandOutcome outcome = await harness.RunAsync("evaluate", "x", "--variables", file);
        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith("octoworkers: InvalidArgument: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(file, outcome.Error, StringComparison.Ordinal);
        Assert.Contains(place, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenFilesThatCannotBeRead_WhenEvaluated_ThenTheMessageNamesThem()
    {
        string deep = harness.WriteFile("deep.json", "{\"A\":" + new string('[', 10_000) + new string(']', 10_000) + "}");
        Assert.Contains("InvalidArgument", (await harness.RunAsync("evaluate", "x", "--variables", deep)).Error, StringComparison.Ordinal);
        string missing = Path.Combine(harness.Folder, "missing");
        foreach (string[] arguments in new string[][] { ["x", "--variables", missing], ["--template-file", missing], ["--template-file", harness.Folder] })
        {
            CommandOutcome outcome = await harness.RunAsync(["evaluate", .. arguments]);
            Assert.Equal(2, outcome.ExitCode);
            Assert.StartsWith("octoworkers: DefinitionNotReadable: ", outcome.Error, StringComparison.Ordinal);
            Assert.Contains(arguments[^1], outcome.Error, StringComparison.Ordinal);
        }

        string latin = harness.WriteFile("latin.txt", "");
        await File.WriteAllBytesAsync(latin, [0xE9], TestContext.Current.CancellationToken);
        foreach (string twice in (string[])["""{"A": "1", "A": "2"}""", """{"Name": "1", "name": "2"}"""])
        {
            CommandOutcome outcome = await harness.RunAsync("evaluate", "#{A}", "--variables", harness.WriteFile("twice.json", twice));
            Assert.Equal(ExitCodes.Usage, outcome.ExitCode);
            Assert.Contains("comes twice", outcome.Error, StringComparison.Ordinal);
        }

        Assert.Contains("is not UTF-8", (await harness.RunAsync("evaluate", "--template-file", latin)).Error, StringComparison.Ordinal);
        Assert.Contains("There is no template", (await harness.RunAsync("evaluate")).Error, StringComparison.Ordinal);
        Assert.Contains("There are two templates", (await harness.RunAsync("evaluate", "x", "--template-file", latin)).Error, StringComparison.Ordinal);
    }
}
