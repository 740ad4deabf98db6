using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Policies;

/// <summary><c>octoworkers policy show</c></summary>
internal static class PolicyShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The machine policy's name." };
        Command command = new("show", "Shows a machine policy with its scripts and its workers.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<MachinePolicyRecord> policies = await session.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
            MachinePolicyRecord policy = Named.MachinePolicy(policies, result.GetRequiredValue(name));
            IReadOnlyList<WorkerRecord> workers = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyList<DeploymentTargetRecord> targets = await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
            string[] held = [.. targets.Where(target => EntityName.Comparer.Equals(target.Policy, policy.Definition.Name)).Select(target => target.Name)];
            string[] its = [.. workers.Where(worker => EntityName.Comparer.Equals(worker.Policy, policy.Definition.Name)).Select(worker => worker.Name)];
            session.Printer.One(policy, MachinePolicyJson.Write, () => session.Printer.Facts(Facts(policy, its, held)));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static IEnumerable<(string, Cell)> Facts(MachinePolicyRecord record, string[] workers, string[] targets)
    {
        MachinePolicyDefinition policy = record.Definition;
        yield return ("Name", policy.Name);
        yield return ("Id", record.Id.ToString());
        yield return ("Description", policy.Description);
        yield return ("Interval", PolicyListCommand.Interval(policy));
        yield return ("Check", PolicyListCommand.Check(policy));
        yield return ("Timeout", DurationText.Write(policy.Timeout));
        yield return ("Unavailable", PolicyListCommand.Unavailable(policy));
        yield return ("Workers", Words.List(workers));
        yield return ("Targets", Words.List(targets));
        yield return ("Unavailable targets", UnavailableTargetsWords.Of(policy.UnavailableTargets) ?? "fail");
        foreach (CapabilityProbeDefinition probe in policy.Capabilities)
        {
            yield return ($"  {probe.Name}", probe.Command.TrimEnd('\n'));
        }

        foreach ((ScriptSyntax syntax, string body) in policy.Scripts.OrderBy(script => script.Key))
        {
            yield return (syntax.ToString(), body.TrimEnd('\n'));
        }
    }
}
