using System.Text.RegularExpressions;
using OctoWorkers.Engine.Templates;

namespace OctoWorkers.Cli.Tests;

public sealed partial class TemplatePageTests
{
    private static readonly string Page = RepositoryFiles.Read("docs", "templates.md");

    [Fact]
    public void GivenTheExamplesOfThePage_WhenEvaluated_ThenTheyGiveWhatItSays()
    {
        int examples = 0;
        foreach (Match block in Block().Matches(Page))
        {
            List<KeyValuePair<string, string>> values = [];
            string template = "";
            foreach (string line in block.Groups[1].Value.Split('\n'))
            {
                if (line.StartsWith("> ", StringComparison.Ordinal))
                {
                    template = line[2..];
                }
                else if (line.StartsWith("< ", StringComparison.Ordinal))
                {
                    examples++;
                    Assert.Equal(line[2..], Template.Parse(template).Evaluate(new TemplateValues(values)).Text);
                }
                else
                {
                    string[] parts = line.Split(" = ", 2);
                    values.Add(new(parts[0], parts[1]));
                }
            }
        }

        Assert.InRange(examples, 15, 100);
    }

    [Fact]
    public void GivenTheFiltersOfThePage_WhenAppliedToNothingKnown_ThenNoneIsUnknown()
    {
        string[] names = [.. FilterRow().Matches(Page).Select(row => row.Groups[1].Value)];
        Assert.InRange(names.Length, 40, 100);
        Assert.All(names, name => Assert.DoesNotContain(
            Template.Parse($"#{{A | {name}}}").Evaluate(new TemplateValues([new("A", "x")])).Problems,
            problem => problem.Message.Contains("no filter", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"```template\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?m)^\| `([A-Z]\w+)` \|")]
    private static partial Regex FilterRow();
}
