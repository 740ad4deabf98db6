using OctoWorkers.Engine.Queue;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>
/// The running steps of workers and pools. A row is made with the attempt's intent and goes with its end, in the same transactions, so that the count
/// is right whatever is killed; where a cap is set, it is made before, when the step asks for its place.
/// </summary>
internal static class PlaceTable
{
    /// <summary>Whether the place is given; null when the answer must be written.</summary>
    internal static bool? Look(SqliteSession session, PlaceRequest place, Func<EngineId, bool> isAlive)
    {
        if (!CapsOf(session, place).Apply(place.Worker, place.Pool))
        {
            return true;
        }

        RunTable.RequireFenced(session, place.Run, place.FencingToken);
        return Find(session, place) switch
        {
            null => null,
            { } mine when mine.Worker != place.Worker || mine.Pool != place.Pool => null,
            { State: not PlaceState.Waiting } => true,
            { } mine => IsNext(session, mine.Number, place.Run, isAlive) ? null : false,
        };
    }

    internal static bool TryTake(SqliteSession session, PlaceRequest place, Func<EngineId, bool> isAlive)
    {
        if (Look(session, place, isAlive) is { } known)
        {
            return known;
        }

        RunTable.RequireUnended(session, place.Run, "gets no place on a worker");
        if (RunTable.AwaitsPerson(session, place.Run))
        {
            return false;
        }

        if (Find(session, place) is not { } mine || mine.Worker != place.Worker || mine.Pool != place.Pool)
        {
            GiveUp(session, place);
            Put(session, place.Run, place.Step, place.Attempt, place.Worker, place.Pool, PlaceState.Waiting, place.At);
            mine = Find(session, place)!;
        }

        if (!IsNext(session, mine.Number, place.Run, isAlive))
        {
            return false;
        }

        session.Execute("UPDATE places SET state = ?2, since = ?3 WHERE id = ?1", mine.Number, EnumText<PlaceState>.Write(PlaceState.Reserved), place.At.Stored());
        return true;
    }

    /// <summary>Gives a place up. A former owner of the run gives nothing up: what is there under the same name is its successor's.</summary>
    internal static void GiveUp(SqliteSession session, PlaceRequest place)
        => session.Execute(
            """
            DELETE FROM places WHERE run = ?1 AND step = ?2 AND attempt = ?3 AND state <> 'Running'
                AND run IN (SELECT id FROM runs WHERE id = ?1 AND fencing_token = ?4)
            """,
            place.Run.Number,
            (long)place.Step,
            (long)place.Attempt,
            place.FencingToken);

    /// <summary>A new owner asks anew for what has not begun.</summary>
    internal static void GiveUpAll(SqliteSession session, RunId run)
        => session.Execute("DELETE FROM places WHERE run = ?1 AND state <> 'Running'", run.Number);

    internal static void Begin(SqliteSession session, RunId run, AttemptIntended intended)
    {
        if (intended is { Worker: { } worker, Pool: { } pool })
        {
            Put(session, run, intended.Step, intended.Attempt, worker, pool, PlaceState.Running, intended.At);
        }
    }

    internal static void End(SqliteSession session, RunId run, int step, int attempt)
        => session.Execute("DELETE FROM places WHERE run = ?1 AND step = ?2 AND attempt = ?3", run.Number, (long)step, (long)attempt);

    internal static void End(SqliteSession session, RunId run) => session.Execute("DELETE FROM places WHERE run = ?1", run.Number);

    internal static List<Place> All(SqliteSession session, Func<EngineId, bool> isAlive)
        => session.Query(
            "SELECT p.id, p.run, p.step, p.worker, p.pool, p.state, p.since, r.owner FROM places p JOIN runs r ON r.id = p.run ORDER BY p.id",
            row => new Place(
                row.GetInt64(0), new(row.GetInt64(1)), row.GetInt32(2), new(row.GetInt64(3)), new(row.GetInt64(4)),
                EnumText<PlaceState>.Read(row.GetString(5)), row.Time(6))
            {
                IsDriven = row.OptionalText(7) is { } owner && isAlive(new(owner)),
            });

    internal static PlaceCaps Caps(SqliteSession session)
        => new(
            session.Query(
                "SELECT id, max_steps FROM workers WHERE max_steps IS NOT NULL",
                static row => (Id: new WorkerId(row.GetInt64(0)), Most: row.GetInt32(1))).ToDictionary(cap => cap.Id, cap => cap.Most),
            session.Query(
                "SELECT id, max_steps FROM pools WHERE max_steps IS NOT NULL",
                static row => (Id: new WorkerPoolId(row.GetInt64(0)), Most: row.GetInt32(1))).ToDictionary(cap => cap.Id, cap => cap.Most));

    // Asked for with every step: by key, not by list.
    private static PlaceCaps CapsOf(SqliteSession session, PlaceRequest place)
    {
        Dictionary<WorkerId, int> workers = [];
        Dictionary<WorkerPoolId, int> pools = [];
        if (session.Scalar("SELECT coalesce((SELECT max_steps FROM workers WHERE id = ?1), 0)", place.Worker.Number) is var here and > 0)
        {
            workers.Add(place.Worker, (int)here);
        }

        if (session.Scalar("SELECT coalesce((SELECT max_steps FROM pools WHERE id = ?1), 0)", place.Pool.Number) is var there and > 0)
        {
            pools.Add(place.Pool, (int)there);
        }

        return new(workers, pools);
    }

    private static bool IsNext(SqliteSession session, long number, RunId asking, Func<EngineId, bool> isAlive)
        => PlaceOrder.Next([.. All(session, isAlive).Select(place => place.Run == asking ? place with { IsDriven = true } : place)], Caps(session))
            .Any(next => next.Number == number);

    private static Place? Find(SqliteSession session, PlaceRequest place)
        => session.Query(
            "SELECT id, run, step, worker, pool, state, since FROM places WHERE run = ?1 AND step = ?2 AND attempt = ?3",
            static row => new Place(
                row.GetInt64(0), new(row.GetInt64(1)), row.GetInt32(2), new(row.GetInt64(3)), new(row.GetInt64(4)),
                EnumText<PlaceState>.Read(row.GetString(5)), row.Time(6)),
            place.Run.Number,
            (long)place.Step,
            (long)place.Attempt) is [Place found] ? found : null;

    private static void Put(
        SqliteSession session, RunId run, int step, int attempt, WorkerId worker, WorkerPoolId pool, PlaceState state, DateTimeOffset since)
        => session.Execute(
            """
            INSERT INTO places (run, step, attempt, worker, pool, state, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (run, step, attempt) DO UPDATE SET worker = excluded.worker, pool = excluded.pool, state = excluded.state, since = excluded.since
            """,
            run.Number,
            (long)step,
            (long)attempt,
            worker.Number,
            pool.Number,
            EnumText<PlaceState>.Write(state),
            since.Stored());
}
