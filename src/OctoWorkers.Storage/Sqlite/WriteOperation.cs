namespace OctoWorkers.Storage.Sqlite;

/// <summary>A piece of work for the writer.</summary>
internal abstract class WriteOperation
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int GivenUp = 2;

    private int state;

    /// <summary>Whether its transaction must survive a power loss.</summary>
    internal required bool SurvivesPowerLoss { get; init; }

    /// <summary>Whether it may run: false when its caller has given up. Once it has started it may be repeated.</summary>
    internal bool TryStart() => Interlocked.CompareExchange(ref state, Started, Waiting) != GivenUp;

    /// <summary>Gives up, unless it has started.</summary>
    internal bool TryGiveUp() => Interlocked.CompareExchange(ref state, GivenUp, Waiting) == Waiting;

    /// <summary>Does the work within the open transaction and keeps the result.</summary>
    internal abstract void Work(SqliteSession session);

    /// <summary>Tells the caller that it was committed.</summary>
    internal abstract void Complete();

    /// <summary>Tells the caller that nothing of it was stored.</summary>
    internal abstract void Fail(Exception exception);
}
