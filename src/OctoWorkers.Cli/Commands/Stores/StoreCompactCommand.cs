using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Stores;

/// <summary><c>octoworkers store compact</c></summary>
internal static class StoreCompactCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("compact", "Gives the space of removed runs back to the disk. Refused while runs are under way.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            StoreCompaction done = await session.Store.CompactAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.One(done, static (json, gained) =>
            {
                json.WriteStartObject();
                json.Property("before", gained.Before);
                json.Property("after", gained.After);
                json.Property("gained", gained.Gained);
                json.WriteEndObject();
            }, string.Create(CultureInfo.InvariantCulture, $"Gained {done.Gained:N0} bytes: {done.Before:N0} before, {done.After:N0} now."));
            return ExitCodes.Success;
        }));
        return command;
    }
}
