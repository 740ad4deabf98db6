using System.CommandLine;

namespace OctoWorkers.Cli.Commands.Pools;

/// <summary><c>octoworkers pool add</c></summary>
internal static class PoolAddCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The pool's name." };
        Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };
        Option<bool> isDefault = new("--default") { Description = "Make it the default pool, which steps use that name none." };
        Option<string?> policy = new("--policy")
        {
            Description = "How it chooses among its workers: RoundRobin (the default) or LeastLeases.", HelpName = "POLICY",
        };
        Option<int?> maxSteps = new("--max-steps") { Description = "At most so many steps run at once on its workers.", HelpName = "NUMBER" };
        Command command = new("add", "Adds a worker pool.") { name, description, isDefault, policy, maxSteps };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            WorkerPoolDefinition definition = new(result.GetRequiredValue(name))
            {
                Description = result.GetValue(description) ?? "",
                IsDefault = result.GetValue(isDefault),
                Policy = result.GetValue(policy) is { } word ? EnumWord<PoolPolicy>.Read(word, "policy") : PoolPolicy.RoundRobin,
                MaxSteps = StepCap.Read(result, maxSteps),
            };
            WorkerPoolRecord pool = await session.Store.PutPoolAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false);
            session.Printer.One(pool, new PoolMembers([]).Write, $"Added pool '{pool.Name}' ({pool.Id}){(pool.IsDefault ? "; it is the default now" : "")}.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
