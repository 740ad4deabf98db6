using System.Text;
using OctoWorkers.Model.Tests.World;
using OctoWorkers.TestKit.Workers;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>The log of an attempt is what it wrote, each line once and in order: all of it where its end is known, otherwise as much as was heard.</summary>
internal static class LogLaws
{
    /// <summary>Compares the log of a run that has ended with what was written.</summary>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public static async Task VerifyAsync(ModelWorld world, RunRecord run, IReadOnlyList<RunEvent> events)
    {
        IReadOnlyList<LogChunk> chunks = await world.Store.GetLogAsync(run.Id, 0, null, int.MaxValue, world.Stop);
        foreach (AttemptEnded ended in events.OfType<AttemptEnded>().Where(ended => ended.Step > run.Request.Snapshot.Steps.Count || run.Request.Snapshot.Steps[ended.Step - 1].Action is ScriptAction))
        {
            string ticket = $"{run.Id.Number}-{ended.Step}-{ended.Attempt}";
            SimulatedAttempt? attempt = world.Fleet.Attempts.GetValueOrDefault(ticket);
            bool isWhole = ended.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Failed;
            Compare(ticket, attempt?.Output ?? "", Text(chunks, ended, LogLevel.Information), isWhole);
            Compare(ticket, attempt?.Error ?? "", Text(chunks, ended, LogLevel.Error), isWhole);
        }
    }

    // The engine speaks in a step's log in other levels.
    private static string Text(IReadOnlyList<LogChunk> chunks, AttemptEnded of, LogLevel level)
        => string.Concat(chunks.Where(chunk => chunk.Step == of.Step && chunk.Attempt == of.Attempt && chunk.Level == level).Select(chunk => Encoding.UTF8.GetString(chunk.Text.Span)));

    private static void Compare(string ticket, string written, string log, bool isWhole)
    {
        // What was heard of an unfinished line is a line when nothing more can come.
        bool isRight = isWhole ? log == written : written.StartsWith(log.TrimEnd('\n'), StringComparison.Ordinal);
        if (!isRight)
        {
            throw new LawBrokenException($"Attempt {ticket} wrote:\n{written}and its log{(isWhole ? " is" : " begins with")}:\n{log}");
        }
    }
}
