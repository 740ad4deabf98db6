namespace OctoWorkers.Engine.Runs;

/// <summary>How a run's loop stands with its task slot.</summary>
/// <param name="isHeld">Whether it has one when the loop begins.</param>
internal sealed class HeldSlot(bool isHeld)
{
    /// <summary>Whether the run has a slot.</summary>
    public bool IsHeld { get; private set; } = isHeld;

    /// <summary>Whether it stands in line for one.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>It was given one.</summary>
    public void Take()
    {
        IsHeld = true;
        IsAwaited = false;
    }

    /// <summary>Follows what was stored: with an interruption the store has taken the slot back, also when the run goes on at once because its time is over.</summary>
    public void Follow(IEnumerable<RunEvent> stored) => IsHeld = IsHeld && !stored.Any(happened => happened is InterruptionRaised);

    /// <summary>It gives its slot back.</summary>
    public void Release() => IsHeld = false;
}
