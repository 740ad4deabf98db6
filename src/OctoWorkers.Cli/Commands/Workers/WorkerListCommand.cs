using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker list</c></summary>
internal static class WorkerListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<string?> pool = new("--pool") { Description = "Only workers of this pool.", HelpName = "POOL" };
        Option<string?> tag = new("--tag") { Description = "Only workers with this tag.", HelpName = "WORD" };
        Command command = new("list", "Lists workers in the order in which they were added.") { pool, tag };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<WorkerRecord> workers = await session.Engine.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            if (result.GetValue(pool) is { } poolName)
            {
                string found = Named.Pool(await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false), poolName).Name;
                workers = [.. workers.Where(worker => worker.Pools.Contains(found, EntityName.Comparer))];
            }

            if (result.GetValue(tag) is { } word)
            {
                workers = [.. workers.Where(worker => worker.Tags.Contains(word, StringComparer.OrdinalIgnoreCase))];
            }

            session.Printer.List(workers, WorkerJson.Write, () => Table(workers, GivenChange.Has(result, pool, tag)));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<WorkerRecord> workers, bool isFiltered)
    {
        TextTable table = new("NAME", "CONNECTION", "POOLS", "STATE", "HEALTH", "LEASES")
        {
            WhenEmpty = isFiltered ? "No worker matches." : "There are no workers. Add one with 'octoworkers worker add'.",
        };
        foreach (WorkerRecord worker in workers)
        {
            table.Add(
                worker.Name, worker.Connection.ToString(), Words.List(worker.Pools), StateCell(worker.State), Cell.Of(worker.Health.Status),
                worker.Leases.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    /// <summary>Where a worker is, in a word.</summary>
    internal static string Address(WorkerConnection connection)
        => connection switch
        {
            SshConnection ssh => Address(ssh.User, ssh.Host, ssh.Port),
            WinRmConnection winRm => Address(winRm.User, winRm.ComputerName, winRm.Port),
            PowerShellConnection powerShell => Address(powerShell.Via),
            _ => "this machine",
        };

    private static string Address(string? user, string machine, int? port)
        => string.Create(CultureInfo.InvariantCulture, $"{(user is null ? "" : user + "@")}{machine}{(port is null ? "" : $":{port}")}");

    private static Cell StateCell(WorkerState state) => new(state.ToString(), state == WorkerState.Enabled ? Tone.Plain : Tone.Warning);
}
