using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Feeds;

/// <summary><c>octoworkers feed list</c></summary>
internal static class FeedListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("list", "Lists feeds, the built-in one first.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            IReadOnlyList<FeedRecord> feeds = await session.Engine.GetFeedsAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.List(feeds, PackageJson.Feed, () => Table(feeds));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<FeedRecord> feeds)
    {
        TextTable table = new("NAME", "FOLDER", "DESCRIPTION");
        foreach (FeedRecord feed in feeds)
        {
            table.Add(feed.Name, feed.Path, feed.Description);
        }

        return table;
    }
}
