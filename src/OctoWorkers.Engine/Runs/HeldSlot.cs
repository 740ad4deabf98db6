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

    /// <summary>It gives its slot back, or has lost it.</summary>
    public void Release() => IsHeld = false;
}
