using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Policies;

/// <summary><c>octoworkers policy list</c></summary>
internal static class PolicyListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("list", "Lists machine policies.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            IReadOnlyList<MachinePolicyRecord> policies = await session.Store.GetMachinePoliciesAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.List(policies, MachinePolicyJson.Write, () => Table(policies));
            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>What becomes of workers that stay unavailable, in words.</summary>
    internal static string Unavailable(MachinePolicyDefinition policy)
        => policy.RemoveUnavailableAfter is { } after ? $"removed after {DurationText.Write(after)}" : "kept";

    /// <summary>How often workers are checked, in words.</summary>
    internal static string Interval(MachinePolicyDefinition policy) => policy.Interval is { } interval ? DurationText.Write(interval) : "healthInterval";

    /// <summary>What a check does, in words.</summary>
    internal static string Check(MachinePolicyDefinition policy)
        => policy.Kind == HealthCheckKind.ConnectivityOnly ? "connectivity"
            : policy.Scripts.Count == 0 ? "tools"
            : string.Join(", ", policy.Scripts.Keys.Order());

    private static TextTable Table(IReadOnlyList<MachinePolicyRecord> policies)
    {
        TextTable table = new("NAME", "INTERVAL", "CHECK", "UNAVAILABLE", "DESCRIPTION");
        foreach (MachinePolicyDefinition policy in policies.Select(record => record.Definition))
        {
            table.Add(policy.Name, Interval(policy), Check(policy), Unavailable(policy), policy.Description);
        }

        return table;
    }
}
