using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Runbooks;

/// <summary><c>octoworkers runbook remove</c></summary>
internal static class RunbookRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The runbook's name." };
        Command command = new("remove", "Removes a runbook. Its runs stay.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<RunbookRecord> runbooks = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
            RunbookRecord runbook = Named.Runbook(runbooks, result.GetRequiredValue(name));
            await session.Store.RemoveRunbookAsync(runbook.Definition.Name, cancellationToken).ConfigureAwait(false);
            session.Printer.One(runbook, RunbookJson.Write, $"Removed runbook '{runbook.Definition.Name}'. Its runs stay.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
