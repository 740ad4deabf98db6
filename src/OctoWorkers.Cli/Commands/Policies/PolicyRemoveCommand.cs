using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Policies;

/// <summary><c>octoworkers policy remove</c></summary>
internal static class PolicyRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The machine policy's name." };
        Command command = new("remove", "Removes a machine policy that no worker has.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<MachinePolicyRecord> policies = await session.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
            MachinePolicyRecord policy = Named.MachinePolicy(policies, result.GetRequiredValue(name));
            await session.Store.RemoveMachinePolicyAsync(policy.Definition.Name, cancellationToken).ConfigureAwait(false);
            session.Printer.One(policy, MachinePolicyJson.Write, $"Removed machine policy '{policy.Definition.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
