using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary><c>octoworkers target remove</c></summary>
internal static class TargetRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
        => MachineRemoveCommand.Create(
            invocation, "deployment target", "hold",
            async (session, name, cancellationToken) => Named.Target(await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false), name),
            one => one.Name,
            (session, name, force, cancellationToken) => session.Engine.RemoveTargetAsync(name, force, cancellationToken),
            TargetJson.Write);
}
