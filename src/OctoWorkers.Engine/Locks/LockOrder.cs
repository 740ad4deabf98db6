namespace OctoWorkers.Engine.Locks;

/// <summary>
/// Who may have a machine's lock: a pure function of its queue (semantics, section 3). Readers share it, a writer has it alone, and whoever comes after
/// somebody who waits and could not share it waits behind. What one run holds is never in its own way; on a deployment target what one step holds.
/// </summary>
public static class LockOrder
{
    /// <summary>Whether somebody in the queue may have the lock now.</summary>
    /// <param name="queue">All who hold the lock or wait for it.</param>
    /// <param name="entry">The one; it is in the queue.</param>
    public static bool MayHave(IEnumerable<LockEntry> queue, LockEntry entry) => entry is { IsHeld: true } || !Before(queue, entry).Any();

    /// <summary>Those whom somebody in the queue waits for.</summary>
    /// <param name="queue">All who hold the lock or wait for it.</param>
    /// <param name="entry">The one; it is in the queue.</param>
    public static IEnumerable<LockEntry> Before(IEnumerable<LockEntry> queue, LockEntry entry)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(entry);
        return queue.Where(other => other.Holder != entry.Holder
            && (other.Mode == LockMode.Write || entry.Mode == LockMode.Write)
            && (other.IsHeld || (other.Number < entry.Number && other.IsDriven)));
    }
}
