using OctoWorkers.Engine.Templates.Filters;
using Xunit;

namespace OctoWorkers.Engine.Tests.Templates;

public sealed class FilterPageTests
{
    public static TheoryData<string> Filters => [.. FilterTable.Names];

    [Theory]
    [MemberData(nameof(Filters))]
    public void GivenAFilter_WhenLookedUp_ThenThePageHasIt(string name)
        => Assert.Matches($@"(?m)^\| `{name}` \|", File.ReadAllText(Page()));

    private static string Page()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "docs", "templates.md")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("docs/templates.md is in no folder above the tests.");
        }

        return Path.Combine(folder, "docs", "templates.md");
    }
}
