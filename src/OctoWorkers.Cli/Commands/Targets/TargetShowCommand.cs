using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Commands.Workers;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary><c>octoworkers target show</c></summary>
internal static class TargetShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The target's name." };
        Command command = new("show", "Shows all that is known of a deployment target.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<DeploymentTargetRecord> targets = await session.Engine.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
            DeploymentTargetRecord target = Named.Target(targets, result.GetRequiredValue(name));
            session.Printer.One(target, TargetJson.Write, () => session.Printer.Facts(Facts(target, session.Time)));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static IEnumerable<(string, Cell)> Facts(DeploymentTargetRecord target, TimeProvider time)
    {
        yield return ("Name", target.Name);
        yield return ("Id", target.Id.ToString());
        foreach ((string, Cell) fact in ConnectionFacts.Of(target.Connection))
        {
            yield return fact;
        }

        yield return ("Environments", Words.List(target.Environments));
        yield return ("Tags", Words.List(target.Tags));
        yield return ("Tenants", Words.Of(target.Tenants));
        yield return ("State", target.Disabled ? "Disabled" : "Enabled");
        yield return ("Steps at once", target.BypassDeploymentMutex ? "as many as come" : "one");
        yield return ("Machine policy", target.Policy);
        yield return ("Held by runs", target.Leases.ToString(CultureInfo.InvariantCulture));
        foreach ((string, Cell) fact in WorkerShowCommand.Health(target.Health, time))
        {
            yield return fact;
        }
    }
}
