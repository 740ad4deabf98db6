using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Policies;

/// <summary><c>octoworkers policy add</c> and <c>set</c></summary>
internal static class PolicyPutCommand
{
    internal static Command Create(CommandInvocation invocation, string verb, string description, bool mustBeNew)
    {
        Argument<string> name = new("NAME") { Description = "The machine policy's name." };
        PolicyOptions options = new();
        Command command = new(verb, description) { name };
        options.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            MachinePolicyDefinition now = mustBeNew
                ? new(result.GetRequiredValue(name))
                : Named.MachinePolicy(
                    await session.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false), result.GetRequiredValue(name)).Definition;
            MachinePolicyDefinition then = await options.ReadAsync(result, now, cancellationToken).ConfigureAwait(false);
            MachinePolicyRecord policy = await session.Store.PutMachinePolicyAsync(then, mustBeNew, cancellationToken).ConfigureAwait(false);
            session.Printer.One(
                policy, MachinePolicyJson.Write, $"{(mustBeNew ? "Added" : "Changed")} machine policy '{policy.Definition.Name}' ({policy.Id}).");
            return ExitCodes.Success;
        }));
        return command;
    }
}
