using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Feeds;

/// <summary><c>octoworkers feed remove</c></summary>
internal static class FeedRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The feed's name." };
        Command command = new("remove", "Removes a feed that no step names. Its folder stays.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            FeedRecord feed = Named.Feed(await session.Engine.GetFeedsAsync(cancellationToken).ConfigureAwait(false), result.GetRequiredValue(name));
            if (feed.IsBuiltIn)
            {
                throw new OctoWorkersException(EngineError.InUse, $"The feed '{feed.Name}' is always there and cannot be removed.", feed.Name);
            }

            await session.Store.RemoveFeedAsync(feed.Name, cancellationToken).ConfigureAwait(false);
            session.Printer.One(feed, PackageJson.Feed, $"Removed feed '{feed.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
