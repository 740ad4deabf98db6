using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker remove</c></summary>
internal static class WorkerRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The worker's name." };
        Option<bool> force = new("--force") { Description = "Cancel the runs that have a lease on it first, and wait for them." };
        Command command = new("remove", "Removes a worker that no run has a lease on.") { name, force };
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<WorkerRecord> workers = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            WorkerRecord worker = Named.Worker(workers, result.GetRequiredValue(name));
            await session.Engine.RemoveWorkerAsync(worker.Name, result.GetValue(force), cancellationToken).ConfigureAwait(false);
            session.Printer.One(worker, WorkerJson.Write, $"Removed worker '{worker.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
