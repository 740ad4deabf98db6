using System.Globalization;
using System.Text;
using OctoWorkers.Engine.Definitions;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class YamlLimitsTests
{
    [Fact]
    public async Task GivenBillionLaughs_WhenRead_ThenItIsRefused()
    {
        StringBuilder yaml = new("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (char name = 'b'; name <= 'i'; name++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"{name}: &{name} [{string.Join(", ", Enumerable.Repeat($"*{(char)(name - 1)}", 9))}]\n");
        }

        Assert.Equal(
            ["a.yaml:6:8: with its aliases written out the file has more than 100000 nodes: aliases can make a small file huge; repeat less, or split the file"],
            await DefinitionFolder.ReadTextProblemsAsync(yaml.ToString()));
    }

    [Fact]
    public async Task GivenLongTextRepeatedThousandsOfTimes_WhenRead_ThenItIsRefused()
    {
        string yaml = $"a: &a {new string('x', 1024 * 1024)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 5000))}]\n";

        string problem = Assert.Single(await DefinitionFolder.ReadTextProblemsAsync(yaml));

        Assert.StartsWith("a.yaml:2:", problem, StringComparison.Ordinal);
        Assert.Contains("more than 67108864 characters", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", 65)]
    [InlineData("{ ? ", 65)]
    [InlineData("- ", 65)]
    [InlineData("[", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 100_000)]
    public async Task GivenDeepNesting_WhenRead_ThenItIsRefused(string opening, int levels)
    {
        string problem = Assert.Single(await DefinitionFolder.ReadTextProblemsAsync(string.Concat(Enumerable.Repeat(opening, levels)) + "x"));

        Assert.Equal($"a.yaml:1:{(opening.Length * 64) + 1}: nested deeper than 64 levels", problem);
    }

    [Fact]
    public async Task GivenNestingThatAliasesMakeDeep_WhenRead_ThenItIsRefused()
    {
        StringBuilder yaml = new("a0: &a0 [x]\n");
        for (int level = 1; level < 70; level++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"a{level}: &a{level} [*a{level - 1}]\n");
        }

        Assert.Equal(
            ["a.yaml:63:12: with its aliases written out the file is nested deeper than 64 levels"],
            await DefinitionFolder.ReadTextProblemsAsync(yaml.ToString()));
    }

    [Fact]
    public async Task GivenTooManyNodes_WhenRead_ThenTheFileIsRefused()
    {
        string problem = Assert.Single(await DefinitionFolder.ReadTextProblemsAsync(string.Concat(Enumerable.Repeat("- x\n", 200_000))));

        Assert.StartsWith("a.yaml:100000:3: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenFileOfMoreThanSixteenMebibytes_WhenRead_ThenItIsRefused()
    {
        using DefinitionFolder folder = new();
        folder.Write("a.yaml", new byte[(16 * 1024 * 1024) + 1]);

        Assert.Equal(["a.yaml:1:1: the file is larger than 16 MiB"], await folder.ReadProblemsAsync());
    }

    [Fact]
    public async Task GivenThousandsOfSteps_WhenRead_ThenTheyAreAllThere()
    {
        StringBuilder yaml = new("runbooks:\n- name: R\n  steps:\n");
        for (int step = 0; step < 10_000; step++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - name: step {step}\n    bash: echo {step}\n");
        }

        DefinitionSet set = await DefinitionFolder.ReadTextAsync(yaml.ToString());

        Assert.Equal(10_000, set.Runbooks[0].Value.Steps.Count);
    }
}
