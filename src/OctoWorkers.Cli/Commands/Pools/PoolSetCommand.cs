using System.CommandLine;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Pools;

/// <summary><c>octoworkers pool set</c></summary>
internal static class PoolSetCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The pool's name." };
        Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };
        Option<bool> isDefault = new("--default") { Description = "Make it the default pool, which steps use that name none." };
        Option<string?> policy = new("--policy") { Description = "How it chooses among its workers: RoundRobin or LeastLeases.", HelpName = "POLICY" };
        Option<int?> maxSteps = new("--max-steps") { Description = "At most so many steps run at once on its workers; 0: as many as come.", HelpName = "NUMBER" };
        Command command = new("set", "Changes a worker pool. What is not given stays.") { name, description, isDefault, policy, maxSteps };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            GivenChange.Require(result, description, isDefault, policy, maxSteps);
            WorkerPoolRecord pool = Named.Pool(await session.Store.GetPoolsAsync(cancellationToken).ConfigureAwait(false), result.GetRequiredValue(name));
            WorkerPoolDefinition definition = new(pool.Name)
            {
                Description = result.GetValue(description) ?? pool.Description,
                IsDefault = pool.IsDefault || result.GetValue(isDefault),
                Policy = result.GetValue(policy) is { } word ? EnumWord<PoolPolicy>.Read(word, "policy") : pool.Policy,
                MaxSteps = StepCap.Change(result, maxSteps, pool.MaxSteps),
            };
            pool = await session.Store.PutPoolAsync(definition, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            PoolMembers members = await PoolMembers.ReadAsync(session, cancellationToken).ConfigureAwait(false);
            session.Printer.One(pool, members.Write, $"Changed pool '{pool.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
