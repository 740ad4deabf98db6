using OctoWorkers.Cli.Commands;

namespace OctoWorkers.Cli.Tests;

public sealed class CommandPageTests
{
    private static readonly string Page = RepositoryFiles.Read("docs", "commands.md");

    public static TheoryData<string> Commands => [.. CommandTable.Names];

    [Theory]
    [MemberData(nameof(Commands))]
    public void GivenCommand_WhenLookedUp_ThenThePageHasASectionWithAnExample(string command)
        => Assert.Matches($@"(?ms)^## {command}$(?:(?!^## ).)*^\$ octoworkers {command} ?", Page);
}
