using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers audit</c></summary>
internal static class AuditCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<string?> since = new("--since") { Description = "Only what was done since then: a length of time such as '2h', or a moment such as '2026-01-31' or '2026-01-31T08:00Z'.", HelpName = "WHEN" };
        Option<string?> run = new("--run") { Description = "Only what was done to this run.", HelpName = "RUN" };
        Option<string?> who = new("--who") { Description = "Only what this user did.", HelpName = "USER" };
        Option<int?> limit = new("--limit") { Description = "Only the last so many.", HelpName = "NUMBER" };
        Command command = new("audit", "Shows who did what to what and when, oldest first. Entries are only ever added.") { since, run, who, limit };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            if (result.GetValue(limit) is { } most and < 1)
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, $"--limit is {most}; it must be at least 1.", most);
            }

            AuditFilter filter = new()
            {
                Since = result.GetValue(since) is { } moment ? Moment(moment, session.Time) : null,
                Run = result.GetValue(run) is { } text ? await RunReference.FindAsync(session.Store, text, cancellationToken).ConfigureAwait(false) : null,
                Who = result.GetValue(who),
                Limit = result.GetValue(limit),
            };
            IReadOnlyList<AuditEntry> entries = await session.Store.GetAuditAsync(filter, cancellationToken).ConfigureAwait(false);
            session.Printer.List(entries, AuditJson.Write, () => Table(entries, session.Time));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static DateTimeOffset Moment(string text, TimeProvider time)
        => DurationText.TryParse(text, out TimeSpan ago, out _) ? time.GetUtcNow() - ago
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset moment) ? moment
            : throw new OctoWorkersException(
                EngineError.InvalidArgument, $"--since: '{DisplayText.Line(text)}' is neither a length of time, such as '2h', nor a moment, such as '2026-01-31T08:00Z'.", text);

    private static TextTable Table(IReadOnlyList<AuditEntry> entries, TimeProvider time)
    {
        TextTable table = new("WHEN", "WHO", "WHAT", "TO WHAT", "DETAILS") { WhenEmpty = "There are no such entries." };
        foreach (AuditEntry entry in entries)
        {
            table.Add(Words.Of(entry.At, time), entry.Who, entry.Action.ToString(), entry.Subject, entry.Details);
        }

        return table;
    }
}
