using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers runs</c></summary>
internal static class RunsCommand
{
    private const int DefaultLimit = 20;

    internal static Command Create(CommandInvocation invocation)
    {
        Option<string?> runbook = new("--runbook") { Description = "Only runs of this runbook.", HelpName = "NAME" };
        Option<string?> environment = new("--environment") { Description = "Only runs in this environment.", HelpName = "NAME" };
        Option<string[]> status = new("--status")
        {
            Description = "Only runs with this status (Queued, Executing, Cancelling, Success, Failed, Canceled, TimedOut); may be repeated.",
            HelpName = "STATUS",
        };
        Option<string?> parent = new("--parent") { Description = "Only runs that this run started.", HelpName = "RUN" };
        Option<string?> before = new("--before") { Description = "Only runs older than this one: the last of the page before.", HelpName = "RUN" };
        Option<int> limit = new("--limit") { Description = "At most so many; 20 by default.", HelpName = "NUMBER", DefaultValueFactory = _ => DefaultLimit };
        Option<bool> all = new("--all") { Description = "All of them, however many." };
        Command command = new("runs", "Lists runs, newest first.") { runbook, environment, status, parent, before, limit, all };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            RunFilter filter = new()
            {
                Runbook = result.GetValue(runbook),
                Environment = result.GetValue(environment),
                Statuses = [.. (result.GetValue(status) ?? []).Select(RunStatusWord.Read)],
                Parent = result.GetValue(parent) is { } above ? await RunReference.FindAsync(session.Store, above, cancellationToken).ConfigureAwait(false) : null,
                Before = result.GetValue(before) is { } last ? RunReference.Parse(last) : null,
                Limit = result.GetValue(all) ? null : Positive(result.GetValue(limit)),
            };
            IReadOnlyList<RunSummary> runs = await session.Store.GetRunsAsync(filter, cancellationToken).ConfigureAwait(false);
            session.Printer.List(runs, RunJson.Write, () => RunTables.Runs(runs, session.Time));
            if (runs.Any(run => run.Status == RunStatus.Queued)
                && await session.Store.GetQueuePauseAsync(cancellationToken).ConfigureAwait(false) is { } pause)
            {
                session.Printer.Say($"The queue is {pause}.");
            }

            if (filter.Limit is { } most && runs.Count == most && session.Printer.Console.IsTerminal)
            {
                session.Printer.Say($"There may be more: --before {runs[^1].Id} shows the next page, --all shows all.");
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static int Positive(int limit)
        => limit > 0 ? limit : throw new OctoWorkersException(EngineError.InvalidArgument, $"--limit is {limit}; it must be at least 1.", limit);
}
