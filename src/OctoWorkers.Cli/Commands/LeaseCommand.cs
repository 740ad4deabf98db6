using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers lease</c></summary>
internal static class LeaseCommand
{
    internal static Command Create(CommandInvocation invocation) => new("lease", "Shows leases: which runs hold which workers.") { List(invocation) };

    private static Command List(CommandInvocation invocation)
    {
        Command command = new("list", "Lists the active leases, oldest first.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            IReadOnlyList<WorkerLease> leases = await session.Store.GetLeasesAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.List(leases, InfrastructureJson.Write, () => Table(leases, session.Time));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<WorkerLease> leases, TimeProvider time)
    {
        TextTable table = new("RUN", "WORKER", "SINCE", "KEY") { WhenEmpty = "No run holds a worker." };
        foreach (WorkerLease lease in leases)
        {
            table.Add(lease.Run.ToString(), lease.WorkerName, Words.Of(lease.Since, time), lease.Key.Text);
        }

        return table;
    }
}
