using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Packages;

namespace OctoWorkers.Cli.Commands.Feeds;

/// <summary><c>octoworkers feed add</c></summary>
internal static class FeedAddCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The feed's name." };
        Argument<string> path = new("FOLDER") { Description = "The folder with files such as Acme.Web.1.2.3.zip." };
        Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };
        Command command = new("add", "Adds a feed.") { name, path, description };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            FeedDefinition definition = new(result.GetRequiredValue(name), Path.GetFullPath(result.GetRequiredValue(path)))
            {
                Description = result.GetValue(description) ?? "",
            };
            FeedFolder.Require(definition);
            FeedRecord feed = await session.Store.PutFeedAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false);
            session.Printer.One(feed, PackageJson.Feed, $"Added feed '{feed.Name}' ({feed.Id}), the folder '{feed.Path}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
