using System.CommandLine;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Pools;

/// <summary><c>octoworkers pool set-default</c></summary>
internal static class PoolSetDefaultCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The pool's name." };
        Command command = new("set-default", "Makes a pool the default pool, which steps use that name none.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<WorkerPoolRecord> pools = await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false);
            WorkerPoolRecord pool = Named.Pool(pools, result.GetRequiredValue(name));
            WorkerPoolDefinition definition = new(pool.Name)
            {
                Description = pool.Description, IsDefault = true, Policy = pool.Policy, MaxSteps = pool.MaxSteps,
            };
            pool = await session.Store.PutPoolAsync(definition, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            PoolMembers members = await PoolMembers.ReadAsync(session, cancellationToken).ConfigureAwait(false);
            session.Printer.One(pool, members.Write, $"Pool '{pool.Name}' is the default now.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
