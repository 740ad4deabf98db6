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
        Command command = new("add", "Adds a worker pool.") { name, description, isDefault };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            WorkerPoolDefinition definition = new(result.GetRequiredValue(name))
            {
                Description = result.GetValue(description) ?? "",
                IsDefault = result.GetValue(isDefault),
            };
            WorkerPoolRecord pool = await session.Store.PutPoolAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false);
            session.Printer.One(pool, new PoolMembers([]).Write, $"Added pool '{pool.Name}' ({pool.Id}){(pool.IsDefault ? "; it is the default now" : "")}.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
