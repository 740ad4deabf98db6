using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// A run on one of its workers. The worker is told of it anew only while no attempt may have started there whose end is not in the journal: afterwards nobody could tell
/// a worker that has lost what it knew of the run from one that never started the attempt. Used by the run's loop and by its attempts.
/// </summary>
/// <param name="fencingToken">The owner's token.</param>
internal sealed class RunThere(long fencingToken) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<string, long> tickets = new(StringComparer.Ordinal);
    private bool isUnknown;
    private bool hasLost;

    /// <summary>Whether it can be entered: not, while the worker does not know it and attempts are open there.</summary>
    public bool MayEnter => Look(() => !isUnknown || tickets.Count == 0);

    /// <summary>Whether the worker did not know it when it was last entered for an attempt.</summary>
    public bool HasLost => Look(() => hasLost);

    /// <summary>An attempt that another process intended may have started.</summary>
    /// <param name="ticket">The attempt.</param>
    /// <param name="intendedUnder">The token of the owner who intended it.</param>
    public void Resume(string ticket, long intendedUnder) => Look(() => tickets[ticket] = intendedUnder);

    /// <summary>An attempt is about to be started, from which moment on it may have started.</summary>
    /// <param name="ticket">The attempt.</param>
    /// <param name="cancellationToken">Gives up; it does not begin.</param>
    public async Task BeginAsync(string ticket, CancellationToken cancellationToken)
    {
        // The worker may be told of the run anew at this moment.
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        Look(() => tickets.TryAdd(ticket, fencingToken));
        turn.Release();
    }

    /// <summary>An attempt has certainly not started, or its end is in the journal.</summary>
    /// <param name="ticket">The attempt.</param>
    public void Leave(string ticket) => Look(() => tickets.Remove(ticket));

    /// <summary>Enters the run on the worker.</summary>
    /// <param name="enter">Asks the worker; under the given token it must be known there already, 0: it need not.</param>
    /// <param name="cancellationToken">Gives up waiting for others that enter it.</param>
    /// <returns>What the worker knows of it; null: it does not know it, and has not been told of it, since attempts are open there.</returns>
    public async Task<RunOnWorker?> EnterAsync(Func<long, Task<RunOnWorker>> enter, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long knownUnder = Look(() => tickets.Values.DefaultIfEmpty().Max());
            RunOnWorker there = await enter(knownUnder).ConfigureAwait(false);
            lock (gate)
            {
                hasLost |= !there.WasKnown;
                isUnknown = !there.WasKnown && knownUnder > 0;
                foreach (string ticket in isUnknown ? [] : tickets.Keys.ToArray())
                {
                    // From here on it is known under the token that was just given.
                    tickets[ticket] = fencingToken;
                }

                return isUnknown ? null : there;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The run was entered for its steps: what comes before them is done anew where the worker had lost it.</summary>
    /// <returns>Whether it had.</returns>
    public bool TakeLoss() => Look(() =>
    {
        bool had = hasLost;
        hasLost = false;
        return had;
    });

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private T Look<T>(Func<T> look)
    {
        lock (gate)
        {
            return look();
        }
    }
}
