using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Pools;

/// <summary><c>octoworkers pool list</c></summary>
internal static class PoolListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("list", "Lists worker pools.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            IReadOnlyList<WorkerPoolRecord> pools = await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
            PoolMembers members = await PoolMembers.ReadAsync(session, cancellationToken).ConfigureAwait(false);
            session.Printer.List(pools, members.Write, () => Table(pools));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<WorkerPoolRecord> pools)
    {
        TextTable table = new("NAME", "DEFAULT", "WORKERS", "DESCRIPTION");
        foreach (WorkerPoolRecord pool in pools)
        {
            table.Add(pool.Name, pool.IsDefault ? "yes" : null, pool.Members.Count.ToString(CultureInfo.InvariantCulture), pool.Description);
        }

        return table;
    }
}
