using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers show</c></summary>
internal static class ShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Command command = new("show", "Shows a run with its steps, its plan, and what ending work left behind.") { run };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            RunDetails details = await session.Engine.GetRunDetailsAsync(id, cancellationToken).ConfigureAwait(false);
            session.Printer.One(details, RunJson.Write, () => Show(session.Printer, details, session.Time));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Show(ResultPrinter printer, RunDetails details, TimeProvider time)
    {
        RunRecord run = details.Run;
        printer.Facts(
        [
            ("Run", run.Id.ToString()),
            ("Runbook", run.Request.Snapshot.Name),
            ("Environment", run.Request.Environment.Name),
            .. run.Request.Tenant is { } tenant ? [("Tenant", tenant.Name)] : (IEnumerable<(string, Cell)>)[],
            ("Status", Cell.Of(run.Status)),
            ("Waits for", run.WaitingFor),
            .. run.Priority != RunPriority.Normal ? [("Priority", Words.Of(run.Priority))] : (IEnumerable<(string, Cell)>)[],
            .. run.Request.ConcurrencyTag is { } tag ? [("Concurrency tag", tag)] : (IEnumerable<(string, Cell)>)[],
            .. run.Status == RunStatus.Queued && run.Request.QueueExpiry is { } expiry
                ? [("Leaves the queue", Words.Of(run.Created + expiry, time))] : (IEnumerable<(string, Cell)>)[],
            ("Error", run.Error),
            ("Created", $"{Words.Of(run.Created, time)} by {run.Request.CreatedBy}"),
            ("Started", Words.Of(run.Started, time)),
            ("Ended", Words.Of(run.Ended, time)),
            ("Took", Words.Duration(run.Started, run.Ended, time)),
            ("Parent", run.Request.Parent?.ToString()),
            ("Repeats", run.Request.RerunOf?.ToString()),
        ]);
        printer.Table(RunTables.Steps(details, time));
        foreach (string line in RunTables.Remarks(details).Concat(RunTables.Receipts(details)))
        {
            printer.Say(line);
        }

        foreach (Interruption pending in details.Interruptions.Where(one => one.Status == InterruptionStatus.Pending))
        {
            printer.Say($"{pending.Id} waits for a person; see it with 'octoworkers intervention show {pending.Id}'.");
        }

        if (details.Outputs.Count > 0)
        {
            printer.Table(VariableTables.Outputs(details));
        }

        if (details.Plan is { Draws.Count: > 0 } plan)
        {
            printer.Table(PlanTables.Draws(plan));
        }
    }
}
