using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Engine.Locks;

/// <summary>Waits for the lock of a machine: asks again after each change of the store.</summary>
internal static class LockWait
{
    /// <summary>Waits.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="waiting">Hears whom it waits for when that changes, and null when it has the lock after it has waited.</param>
    /// <param name="cancellationToken">Gives up, also the place in the line.</param>
    public static async Task TakeAsync(
        IStore store, TimeProvider time, LockRequest request, Func<IReadOnlyList<MachineLock>?, Task> waiting, CancellationToken cancellationToken)
    {
        StoreChanges changes = new(store, time);
        IReadOnlyList<MachineLock> known = [];
        try
        {
            while (await store.TakeLockAsync(request, cancellationToken).ConfigureAwait(false) is { Count: > 0 } before)
            {
                if (!before.SequenceEqual(known))
                {
                    await waiting(known = before).ConfigureAwait(false);
                }

                await changes.NextAsync(cancellationToken).ConfigureAwait(false);
            }

            if (known.Count > 0)
            {
                await waiting(null).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            await store.ReleaseLockAsync(request, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What a run waits for.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="before">Whom it waits for.</param>
    public static Wait Of(LockRequest request, IReadOnlyList<MachineLock> before)
        => new(
            WaitKind.Lock,
            InWords(request, before),
            request.At,
            [.. before.Take(Wait.MaxHolders).Select(one => new WaitHolder(one.Run?.ToString() ?? "a command", one.Run))])
        {
            Step = request.Step == 0 ? null : request.OfStep ?? request.Step, Part = request.OfStep is null ? null : request.Step,
        };

    /// <summary>What a step that shares a worker would wait for.</summary>
    /// <param name="before">Whom it would wait for; at least one.</param>
    public static Wait Of(IReadOnlyList<MachineLock> before)
        => Of(
            new(before[0].Machine, before[0].MachineName, default, null, 0, 0, AcquiresPackages: false, LockMode.Read, before.Min(one => one.Since)),
            before);

    /// <summary>What somebody waits for, in words that follow "waits for".</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="before">Whom it waits for.</param>
    public static string InWords(LockRequest request, IReadOnlyList<MachineLock> before)
    {
        string machine = $"{(request.IsTarget ? "deployment target" : "worker")} '{request.MachineName}'";
        string what = request.AcquiresPackages ? $"{machine} for itself, to acquire packages"
            : request.Mode == LockMode.Write ? $"{machine} for itself"
            : machine;
        string more = before.Count > 3 ? $" and {before.Count - 3} more" : "";
        return $"{what} ({string.Join("; ", before.Take(3).Select(one => one.IsHeld ? $"{one}" : $"{one} and came before"))}{more})";
    }
}
