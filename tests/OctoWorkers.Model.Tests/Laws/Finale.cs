using OctoWorkers.Engine.Journal;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Laws;

/// <summary>The end of every scenario: cancels are heard, all is well again, people answer, time passes; then every run ends, and all laws hold.</summary>
internal static class Finale
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private const int Hesitation = 50;

    /// <summary>Lets everything end and looks at what is left.</summary>
    /// <param name="world">The world.</param>
    /// <param name="coverage">Hears what happened.</param>
    /// <exception cref="LawBrokenException">A rule is broken.</exception>
    public static async Task PlayAsync(ModelWorld world, Coverage coverage)
    {
        await world.Front.Engine.ResumeQueueAsync(world.Stop);
        await UntilAsync(world, "a cancel is heard", () => CancelsAreHeardAsync(world));
        world.Fleet.Recover();
        // At random: answers that take turns may meet the same run with the same one for ever.
        Random answers = new(world.Scenario.Seed);
        await UntilAsync(world, "every run ends", async () =>
        {
            foreach (Interruption asked in await world.PendingAsync())
            {
                await world.AnswerAsync(world.Front, asked, answers.Next(256));
            }

            return (await world.Store.GetUnfinishedRunsAsync(world.Stop)).Count == 0;
        });
        await world.AllDoneAsync().WaitAsync(Patience, world.Stop);
        await VerifyAsync(world, coverage);
    }

    private static async Task VerifyAsync(ModelWorld world, Coverage coverage)
    {
        SnapshotLaws.Verify(world);
        IReadOnlyList<WitnessEntry> witness = world.Observer.Witness();
        QueueLaws.Verify(world, witness);
        DrawLaws.Verify(witness);
        Dictionary<RunId, (RunRecord Run, IReadOnlyList<RunEvent> Events)> runs = [];
        foreach (RunSummary summary in await world.Store.GetRunsAsync(new(), world.Stop))
        {
            RunRecord run = await world.Store.GetRunAsync(summary.Id, world.Stop);
            IReadOnlyList<RunEvent> events = await world.Store.GetEventsAsync(run.Id, world.Stop);
            runs.Add(run.Id, (run, events));
            coverage.Add(run, events);
            new JournalLaws(run, events, world).Verify();
            await LogLaws.VerifyAsync(world, run, events);
        }

        ChildLaws.Verify(runs, witness);
        TargetLaws.Verify(runs, witness);
        RerunLaws.Verify(runs);
        await WorkerLaws.VerifyAsync(world);
        string[] left = [.. (string[])["leases", "machine_locks", "places", "output_cursors", "cancel_requests"]];
        if (world.Observer.At(left.Select(table => $"SELECT '{table}' FROM {table}")) is { Count: > 0 } rows)
        {
            throw new LawBrokenException($"All runs have ended, and something is left in {string.Join(", ", rows.Distinct())}.");
        }
    }

    // What must be heard is not a matter of the work coming to its end by itself.
    private static async Task<bool> CancelsAreHeardAsync(ModelWorld world)
    {
        IReadOnlyList<string> asked = world.Observer.At(["SELECT DISTINCT run FROM cancel_requests"]);
        foreach (string run in asked)
        {
            IReadOnlyList<RunEvent> events = await world.Store.GetEventsAsync(new(long.Parse(run, System.Globalization.CultureInfo.InvariantCulture)), world.Stop);
            if (!events.OfType<CancelRequested>().Any() && !events.OfType<RunEnded>().Any())
            {
                return false;
            }
        }

        return true;
    }

    // Time passes when nothing happens without it: ever more slowly, since on a machine that is busy with other things all that is under way would come too late.
    private static async Task UntilAsync(ModelWorld world, string what, Func<Task<bool>> condition)
    {
        long began = TimeProvider.System.GetTimestamp();
        long version = 0;
        while (!await condition())
        {
            TimeSpan passed = TimeProvider.System.GetElapsedTime(began);
            if (passed > Patience)
            {
                throw new LawBrokenException($"It does not come to it that {what}.\n{await DescribeAsync(world)}");
            }

            await Task.Delay(Pause + (passed / Hesitation), TimeProvider.System, world.Stop);
            if (version == (version = world.Observer.Version))
            {
                world.Clock.Turn(TimeSpan.FromMinutes(1));
            }
            else
            {
                SnapshotLaws.Verify(world);
            }
        }
    }

    private static async Task<string> DescribeAsync(ModelWorld world)
    {
        List<string> lines = [];
        foreach (RunRecord run in await world.Store.GetUnfinishedRunsAsync(world.Stop))
        {
            RunRecord whole = await world.Store.GetRunAsync(run.Id, world.Stop);
            lines.Add($"{run.Id} is {run.Status}, driven by {run.Owner?.Value ?? "nobody"} ({(run.Owner is { } owner && world.Store.IsAlive(owner) ? "alive" : "dead")}), waits for {whole.WaitingFor ?? "nothing"}");
            lines.AddRange((await world.Store.GetEventsAsync(run.Id, world.Stop)).Select(happened => $"    {happened}"));
        }

        return string.Join('\n', lines);
    }
}
