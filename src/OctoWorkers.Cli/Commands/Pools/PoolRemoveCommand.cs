using System.CommandLine;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Pools;

/// <summary><c>octoworkers pool remove</c></summary>
internal static class PoolRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The pool's name." };
        Command command = new("remove", "Removes a worker pool that is neither the default nor in use.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<WorkerPoolRecord> pools = await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
            WorkerPoolRecord pool = Named.Pool(pools, result.GetRequiredValue(name));
            PoolMembers members = await PoolMembers.ReadAsync(session, cancellationToken).ConfigureAwait(false);
            await session.Store.RemovePoolAsync(pool.Name, cancellationToken).ConfigureAwait(false);
            session.Printer.One(pool, members.Write, $"Removed pool '{pool.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
