using System.CommandLine;
using OctoWorkers.Cli.Commands.Feeds;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers feed</c></summary>
internal static class FeedCommand
{
    internal static Command Create(CommandInvocation invocation) => new("feed", "Manages feeds: the folders that packages come from.")
    {
        FeedAddCommand.Create(invocation),
        FeedListCommand.Create(invocation),
        FeedRemoveCommand.Create(invocation),
    };
}
