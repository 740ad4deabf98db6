using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker remove</c></summary>
internal static class WorkerRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
        => MachineRemoveCommand.Create(
            invocation, "worker", "have a lease on",
            async (session, name, cancellationToken) => Named.Worker(await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false), name),
            one => one.Name,
            (session, name, force, cancellationToken) => session.Engine.RemoveWorkerAsync(name, force, cancellationToken),
            WorkerJson.Write);
}
