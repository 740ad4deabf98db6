using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Runbooks;

/// <summary><c>octoworkers runbook list</c></summary>
internal static class RunbookListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("list", "Lists runbooks by name.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            IReadOnlyList<RunbookRecord> runbooks = await session.Store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.List(runbooks, RunbookJson.Write, () => Table(runbooks, session.Time));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<RunbookRecord> runbooks, TimeProvider time)
    {
        TextTable table = new("NAME", "STEPS", "CHANGED", "DESCRIPTION") { WhenEmpty = "There are no runbooks. Add some with 'octoworkers apply PATH'." };
        foreach (RunbookRecord runbook in runbooks)
        {
            table.Add(
                runbook.Definition.Name, runbook.Definition.Steps.Count.ToString(CultureInfo.InvariantCulture), Words.Of(runbook.Changed, time),
                runbook.Definition.Description);
        }

        return table;
    }
}
