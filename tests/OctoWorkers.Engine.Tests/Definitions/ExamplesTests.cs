using System.Text.RegularExpressions;
using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed partial class ExamplesTests
{
    public static TheoryData<string> Examples { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "examples")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task GivenExample_WhenRead_ThenItIsWholeInItself(string name)
    {
        DefinitionSet set = await DefinitionReader.ReadAsync([Path.Combine(Repository.Root, "examples", name)], TestContext.Current.CancellationToken);

        Assert.Empty(set.CheckReferences(KnownNames.NewStore));
        Assert.NotEmpty(set.Runbooks);
    }

    [Fact]
    public async Task GivenKraken_WhenRead_ThenItStartsFourRunsAndWaitsForNone()
    {
        DefinitionSet set = await DefinitionReader.ReadAsync(
            [Path.Combine(Repository.Root, "examples", "unleash-the-kraken")], TestContext.Current.CancellationToken);

        RunbookDefinition kraken = set.Runbooks.Single(runbook => runbook.Value.Name == "Unleash the kraken").Value;
        Assert.Equal(
            Enumerable.Repeat(("Create AWS RDS", false), 4),
            kraken.Steps.Select(step => Assert.IsType<RunRunbookAction>(step.Action)).Select(action => (action.Runbook, action.Wait)));
        Assert.All(kraken.Steps, step => Assert.Equal("Setup", step.Pool));
        Assert.Equal(["worker1", "worker2", "worker3"], set.Workers.Select(worker => worker.Value.Name));
    }

    [Fact]
    public async Task GivenBlocksOfTheReference_WhenRead_ThenEachIsValid()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "definitions.md"), TestContext.Current.CancellationToken);
        string[] blocks = [.. Block().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(blocks);
        Environment.SetEnvironmentVariable("DB_PASSWORD", "correct horse");
        Environment.SetEnvironmentVariable("WINRM_PASSWORD", "correct horse");
        foreach (string block in blocks)
        {
            using DefinitionFolder folder = new();
            folder.Write("scripts/deploy.sh", "echo\n");
            folder.Write("a.yaml", block);
            await folder.ReadAsync();
        }
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
