using System.CommandLine;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Queues;

/// <summary><c>octoworkers queue priority</c></summary>
internal static class QueuePriorityCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Argument<string> priority = new("PRIORITY") { Description = "high, normal or low." };
        Command command = new("priority", "Changes the priority of a queued run.") { run, priority };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            RunPriority wanted = RunPriorityWord.Read(result.GetRequiredValue(priority));
            await session.Store.SetPriorityAsync(id, wanted, cancellationToken).ConfigureAwait(false);
            RunRecord changed = await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            session.Printer.One(changed, RunJson.Write, $"{id} has {Output.Words.Of(wanted)} priority now.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
