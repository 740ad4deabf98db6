using System.CommandLine;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Queues;

/// <summary><c>octoworkers queue top</c></summary>
internal static class QueueTopCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Command command = new("top", "Moves a queued run before all others.") { run };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            await session.Store.MoveToTopAsync(id, cancellationToken).ConfigureAwait(false);
            RunRecord moved = await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            session.Printer.One(moved, RunJson.Write, $"{id} is the first of the queue now.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
