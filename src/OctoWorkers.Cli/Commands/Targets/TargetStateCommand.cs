using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary><c>octoworkers target enable</c> and <c>disable</c></summary>
internal static class TargetStateCommand
{
    internal static Command Create(CommandInvocation invocation, string verb, string description, bool disabled)
    {
        Argument<string[]> names = new("NAME") { Description = "The targets' names.", Arity = ArgumentArity.OneOrMore };
        Command command = new(verb, description) { names };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<DeploymentTargetRecord> targets = await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
            List<DeploymentTargetRecord> changed = [.. result.GetRequiredValue(names).Select(name => Named.Target(targets, name))];
            for (int i = 0; i < changed.Count; i++)
            {
                changed[i] = await session.Store.SetTargetDisabledAsync(changed[i].Name, disabled, cancellationToken).ConfigureAwait(false);
                string held = disabled && changed[i].Leases > 0 ? $"; {Words.Count(changed[i].Leases, "run")} still use it" : "";
                session.Printer.Say($"Deployment target '{changed[i].Name}' is {verb}d now{held}.");
            }

            if (session.Printer.IsJson)
            {
                session.Printer.Document(json => json.Array(changed, TargetJson.Write));
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
