using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>Task slots: which machine's slot a run holds. Runs whose process died hold theirs until somebody takes them over.</summary>
internal static class SlotColumn
{
    internal static bool TryTake(SqliteSession session, RunId id, long fencingToken, string machine, int cap)
    {
        RunRecord run = RunTable.GetFenced(session, id, fencingToken);
        if (run.HasEnded)
        {
            throw new OctoWorkersException(EngineError.InvalidRunState, $"{id} is {run.Status}; a run that has ended gets no task slot.", id);
        }

        if (session.Text("SELECT slot_machine FROM runs WHERE id = ?1", id.Number) == machine)
        {
            return true;
        }

        if (session.Scalar("SELECT count(*) FROM runs WHERE slot_machine = ?1 AND ended IS NULL", machine) >= cap)
        {
            return false;
        }

        session.Execute("UPDATE runs SET slot_machine = ?2 WHERE id = ?1", id.Number, machine);
        return true;
    }

    internal static void Release(SqliteSession session, RunId run)
        => session.Execute("UPDATE runs SET slot_machine = NULL WHERE id = ?1 AND slot_machine IS NOT NULL", run.Number);
}
