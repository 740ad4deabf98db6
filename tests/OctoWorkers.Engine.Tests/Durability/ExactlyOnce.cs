using System.Text;
using Microsoft.Data.Sqlite;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>Everything was done once, nothing was lost or doubled, and nothing is left over.</summary>
internal static class ExactlyOnce
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task VerifyAsync(DurableWorld world, Scenario scenario)
    {
        IReadOnlyList<RunSummary> runs = await world.Store.GetRunsAsync(new RunFilter(), Stop);
        Assert.Equal(scenario.Runs, runs.Count);
        foreach (RunSummary run in runs)
        {
            Assert.Equal(run.Id.Number == 1 ? scenario.Ending : RunStatus.Success, run.Status);
            await VerifyJournalAsync(world, run.Id);
            if (run.Id.Number == 1)
            {
                IReadOnlyList<RunEvent> events = await world.Store.GetEventsAsync(run.Id, Stop);
                Assert.Equal(scenario.Events, events.Select(Message).OfType<string>());
                Distinct(events.OfType<OutputVariableSet>().Where(set => set.Name.StartsWith("Run.", StringComparison.Ordinal)).Select(set => (set.Step, set.Name)));
                Distinct(events.OfType<ArtifactAnnounced>().Select(announced => announced.Number));
            }

            await VerifyLogAsync(world, run.Id, [.. scenario.Expected.Where(lines => lines.Run == run.Id.Number)]);
            Assert.Empty(await world.Store.GetOutputCursorsAsync(run.Id, Stop));
        }

        Assert.Equal(scenario.Expected.Select(lines => lines.Ticket).Order(StringComparer.Ordinal), world.Effects.Order(StringComparer.Ordinal));
        await VerifyNothingIsLeftAsync(world);
    }

    // What a child run says of itself, exactly once too, is not a message of a script.
    private static string? Message(RunEvent happened) => happened switch
    {
        OutputVariableSet { Name: "Run.Status" or "Run.Error" } => null,
        OutputVariableSet { Name: "Manual.ResponsibleUser.Username" or "Manual.ResponsibleUser.DisplayName" } => "who",
        OutputVariableSet set => $"{set.Name}={set.Value}",
        SecretRegistered => "secret",
        ArtifactAnnounced announced => announced.Name,
        _ => null,
    };

    private static async Task VerifyJournalAsync(DurableWorld world, RunId run)
    {
        IReadOnlyList<RunEvent> events = await world.Store.GetEventsAsync(run, Stop);
        Assert.IsType<RunPlanned>(events[0]);
        Assert.IsType<RunStarted>(events[1]);
        Assert.IsType<RunEnded>(events[^1]);
        Assert.Single(events.OfType<RunEnded>());
        Assert.Single(events.OfType<RunStarted>());
        Assert.Single(events.OfType<RunPlanned>());
        Distinct(events.OfType<AttemptIntended>().Select(intended => (intended.Step, intended.Attempt)));
        Distinct(events.OfType<AttemptEnded>().Select(ended => (ended.Step, ended.Attempt)));
        Distinct(events.OfType<ChildRunCreated>().Select(created => created.Step));
        Distinct(events.OfType<StepEnded>().Select(ended => ended.Step).Concat(events.OfType<StepSkipped>().Select(skipped => skipped.Step)));
        Distinct(events.OfType<InterruptionRaised>().Select(raised => raised.Number));
        Distinct(events.OfType<InterruptionAnswered>().Select(answered => answered.Number));
        Assert.Equal(events.OfType<AttemptIntended>().Count(), events.OfType<AttemptEnded>().Count());
    }

    private static async Task VerifyLogAsync(DurableWorld world, RunId run, IReadOnlyList<ScriptLines> expected)
    {
        IReadOnlyList<LogChunk> chunks = await world.Store.GetLogAsync(run, 0, null, int.MaxValue, Stop);
        long cursor = 1;
        Dictionary<(int Step, int Attempt), long> next = [];
        foreach (LogChunk chunk in chunks)
        {
            Assert.Equal(cursor, chunk.FirstCursor);
            Assert.Equal(next.GetValueOrDefault((chunk.Step, chunk.Attempt), 1), chunk.FirstNumber);
            Assert.Equal(chunk.LineCount, chunk.Text.Span.Count((byte)'\n'));
            cursor += chunk.LineCount;
            next[(chunk.Step, chunk.Attempt)] = chunk.FirstNumber + chunk.LineCount;
        }

        Assert.Equal(
            expected.Select(lines => (lines.Step, lines.Attempt)).Order(),
            next.Keys.Where(key => key.Step > 0).Order());
        foreach (ScriptLines lines in expected)
        {
            Assert.Equal(lines.Output, TextOf(chunks, lines, LogLevel.Information));
            Assert.Equal(lines.Error, TextOf(chunks, lines, LogLevel.Error));
        }
    }

    private static IReadOnlyList<string> TextOf(IReadOnlyList<LogChunk> chunks, ScriptLines lines, LogLevel level)
        => [.. chunks
            .Where(chunk => chunk.Step == lines.Step && chunk.Attempt == lines.Attempt && chunk.Level == level)
            .SelectMany(chunk => Encoding.UTF8.GetString(chunk.Text.Span).TrimEnd('\n').Split('\n'))];

    private static async Task VerifyNothingIsLeftAsync(DurableWorld world)
    {
        Assert.Empty(await world.Store.GetUnfinishedRunsAsync(Stop));
        Assert.Empty(await world.Store.GetLeasesAsync(Stop));
        Assert.Empty(await world.Store.GetPendingCleanupsAsync(Stop));
        Assert.Equal(0, Slots(world));
        await Eventually.HoldsAsync(() => world.Processes().Count == 0, "the processes of the run have gone", Stop);
        Assert.Empty(Directory.EnumerateFileSystemEntries(world.StateHome, "*", SearchOption.AllDirectories));
        Assert.Empty(await world.Store.CheckAsync(Stop));
    }

    private static long Slots(DurableWorld world)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(world.Home, "octoworkers.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM runs WHERE slot_machine IS NOT NULL";
        return (long)command.ExecuteScalar()!;
    }

    private static void Distinct<T>(IEnumerable<T> values)
    {
        T[] all = [.. values];
        Assert.Equal(all.Distinct(), all);
    }
}
