using System.CommandLine;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker add</c></summary>
internal static class WorkerAddCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The worker's name." };
        Option<string[]> pools = new("--pool") { Description = "A pool it is in; may be repeated. The default is the default pool.", HelpName = "POOL" };
        Option<string?> policy = new("--policy") { Description = "The machine policy by which it is checked; else the default one.", HelpName = "POLICY" };
        Option<string[]> tags = new("--tag") { Description = "A free word to find it by; may be repeated.", HelpName = "WORD" };
        Option<int?> maxSteps = new("--max-steps") { Description = "At most so many steps run on it at once.", HelpName = "NUMBER" };
        ConnectionOptions connection = new();
        Command command = new("add", "Adds a worker.") { name, pools, policy, tags, maxSteps };
        connection.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            WorkerConnection reached = await connection.ReadAsync(result, session, cancellationToken).ConfigureAwait(false);
            string[] names = result.GetValue(pools) is { Length: > 0 } given ? given : [await DefaultPoolAsync(session, cancellationToken).ConfigureAwait(false)];
            WorkerDefinition definition = new(result.GetRequiredValue(name), reached, names)
            {
                Tags = result.GetValue(tags) ?? [], Policy = result.GetValue(policy), MaxSteps = StepCap.Read(result, maxSteps),
            };
            WorkerRecord worker = await session.Store.PutWorkerAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false);
            session.Printer.One(worker, WorkerJson.Write, $"Added worker '{worker.Name}' ({worker.Id}) to {PoolList(worker.Pools)}.");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static string PoolList(IReadOnlyList<string> pools)
        => $"pool{(pools.Count == 1 ? "" : "s")} {string.Join(", ", pools.Select(pool => $"'{pool}'"))}";

    private static async Task<string> DefaultPoolAsync(EngineSession session, CancellationToken cancellationToken)
        => (await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false)).First(pool => pool.IsDefault).Name;
}
