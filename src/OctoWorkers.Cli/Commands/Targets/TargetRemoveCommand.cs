using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary><c>octoworkers target remove</c></summary>
internal static class TargetRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The target's name." };
        Option<bool> force = new("--force") { Description = "Cancel the runs that hold it first, and wait for them." };
        Command command = new("remove", "Removes a deployment target that no run holds.") { name, force };
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<DeploymentTargetRecord> targets = await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
            DeploymentTargetRecord target = Named.Target(targets, result.GetRequiredValue(name));
            await session.Engine.RemoveTargetAsync(target.Name, result.GetValue(force), cancellationToken).ConfigureAwait(false);
            session.Printer.One(target, TargetJson.Write, $"Removed deployment target '{target.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
