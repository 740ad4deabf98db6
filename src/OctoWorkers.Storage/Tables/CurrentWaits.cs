using OctoWorkers.Engine;
using OctoWorkers.Engine.Queue;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>
/// What runs wait for now, as far as other runs are the reason: found from what these hold, so that it is never out of date. Reads each fact once for a
/// whole list of runs.
/// </summary>
internal sealed class CurrentWaits
{
    private readonly SqliteSession session;
    private readonly Lazy<QueuePause?> pause;
    private readonly Lazy<int> cap;
    private readonly Lazy<List<Place>> places;
    private readonly Lazy<PlaceCaps> caps;
    private readonly Dictionary<string, List<RunId>> slots = new(StringComparer.Ordinal);
    private readonly Lazy<ILookup<string, RunId>> tags;
    private readonly Dictionary<RunId, WaitHolder> names = [];

    internal CurrentWaits(SqliteSession session)
    {
        this.session = session;
        pause = new(() => PauseTable.Get(session));
        cap = new(() => EngineSettings.From(SettingTable.All(session)).TaskCap);
        places = new(() => PlaceTable.All(session, static _ => true));
        caps = new(() => PlaceTable.Caps(session));
        tags = new(() => ReadTags(session));
    }

    /// <summary>All that a run waits for.</summary>
    /// <param name="run">The run, with what it said itself that it waits for.</param>
    internal IReadOnlyList<Wait> Of(RunRecord run) => run.HasEnded ? [] : Of(run.Id, run.Status, run.Waits);

    /// <inheritdoc cref="Of(RunRecord)"/>
    internal IReadOnlyList<Wait> Of(RunId run, RunStatus status, IReadOnlyList<Wait> said)
    {
        List<Wait> waits = [];
        session.Each(
            "SELECT wants_slot, wants_since, concurrency_tag FROM runs WHERE id = ?1 AND wants_slot IS NOT NULL AND ended IS NULL",
            row =>
            {
                waits.AddRange(InLine(run, row.GetString(0), row.OptionalText(2), row.Time(1), status != RunStatus.Queued));
                return true;
            },
            run.Number);
        if (waits.Count == 0 && status == RunStatus.Queued && pause.Value is { } paused)
        {
            // It is not in the line yet; as long as the queue is paused, what it does before does not matter.
            waits.AddRange(session.Query("SELECT created FROM runs WHERE id = ?1 AND slot_machine IS NULL AND ended IS NULL", row => Paused(paused, row.Time(0)), run.Number));
        }

        waits.AddRange(session.Query(
            "SELECT id, runbook_name, environment_name, created FROM runs WHERE parent = ?1 AND parent_waits = 1 AND ended IS NULL ORDER BY id",
            row => Child(row),
            run.Number));
        waits.AddRange(OfPlaces(run));
        waits.AddRange(InterruptionTable.Waits(session, run));
        return waits.Count == 0 ? said : [.. waits, .. said];
    }

    /// <summary>What keeps a run in the line of a machine.</summary>
    internal IReadOnlyList<Wait> InLine(RunId run, string machine, string? tag, DateTimeOffset since, bool hasBegun)
    {
        List<Wait> waits = [];
        if (!hasBegun && pause.Value is { } paused)
        {
            waits.Add(Paused(paused, since));
        }

        if (!hasBegun && tag is not null && tags.Value[tag].Where(other => other != run).ToArray() is { Length: > 0 } others)
        {
            waits.Add(new(WaitKind.ConcurrencyTag, $"{string.Join(", ", others)}, with the same concurrency tag '{tag}'", since, Named(others)));
        }

        if (!slots.TryGetValue(machine, out List<RunId>? taken))
        {
            slots.Add(machine, taken = QueueTable.Holders(session, machine));
        }

        if (taken.Count >= cap.Value)
        {
            waits.Add(new(WaitKind.Slot, $"a task slot ({taken.Count} of {cap.Value} are taken)", since, Named(taken)));
        }

        return waits;
    }

    private static Wait Paused(QueuePause paused, DateTimeOffset since)
        => new(WaitKind.QueuePaused, $"the queue, which is {paused}", Later(since, paused.Since), [new(paused.By)]);

    private IEnumerable<Wait> OfPlaces(RunId run)
    {
        foreach (Place mine in places.Value.Where(place => place.Run == run && place.State == PlaceState.Waiting))
        {
            PlannedTarget? about = PartOf(mine, out int step);
            Place[] here = Taken(place => place.Worker == mine.Worker);
            Place[] there = Taken(place => place.Pool == mine.Pool);
            if (caps.Value.Workers.TryGetValue(mine.Worker, out int onWorker) && here.Length >= onWorker)
            {
                yield return Wait($"worker '{session.Text("SELECT name FROM workers WHERE id = ?1", mine.Worker.Number)}'", here, onWorker);
            }

            if (caps.Value.Pools.TryGetValue(mine.Pool, out int inPool) && there.Length >= inPool)
            {
                yield return Wait($"pool '{session.Text("SELECT name FROM pools WHERE id = ?1", mine.Pool.Number)}'", there, inPool);
            }

            Wait Wait(string what, Place[] taken, int most)
                => new(WaitKind.Place, $"a place on {what}{(about is null ? "" : $" for '{about.Name}'")} ({taken.Length} of {most} are taken)", mine.Since, Named(taken.Select(place => place.Run).Distinct()))
                {
                    Step = step, Part = about?.Number,
                };
        }

        Place[] Taken(Func<Place, bool> where) => [.. places.Value.Where(place => place.State != PlaceState.Waiting).Where(where)];
    }

    // The numbers of parts say nothing to people: they are told the step, and the deployment target that the part is for.
    private PlannedTarget? PartOf(Place place, out int step)
    {
        foreach (RunPlanned planned in session.Query(
            "SELECT kind, at, payload FROM run_events WHERE run = ?1 AND kind = 'runPlanned' ORDER BY seq DESC",
            static row => RunEventJson.Read(row.GetString(0), row.Time(1), row.GetString(2)), place.Run.Number).OfType<RunPlanned>())
        {
            foreach (PlannedStep one in planned.Plan.Steps)
            {
                if (one.Targets?.FirstOrDefault(target => target.Number == place.Step) is { } found)
                {
                    step = one.Number;
                    return found;
                }
            }
        }

        step = place.Step;
        return null;
    }

    private Wait Child(SqliteRow row)
    {
        RunId child = new(row.GetInt64(0));
        return new(WaitKind.ChildRun, $"{child} ({row.GetString(1)} in {row.GetString(2)})", row.Time(3), Named([child]));
    }

    private List<WaitHolder> Named(IEnumerable<RunId> runs) => [.. runs.Take(Wait.MaxHolders).Select(Named)];

    private WaitHolder Named(RunId run)
    {
        if (!names.TryGetValue(run, out WaitHolder? name))
        {
            names.Add(run, name = new($"{run} ({session.Text("SELECT runbook_name || ' in ' || environment_name FROM runs WHERE id = ?1", run.Number)})", run));
        }

        return name;
    }

    private static ILookup<string, RunId> ReadTags(SqliteSession session)
        => session.Query(
            """
            SELECT concurrency_tag, id FROM runs
            WHERE concurrency_tag IS NOT NULL AND ended IS NULL AND (slot_machine IS NOT NULL OR status <> 'Queued') ORDER BY started, id
            """,
            static row => (Tag: row.GetString(0), Run: new RunId(row.GetInt64(1)))).ToLookup(found => found.Tag, found => found.Run, EntityName.Comparer);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
