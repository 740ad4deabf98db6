namespace OctoWorkers.Engine.Locks;

/// <summary>A wish for the lock of a machine.</summary>
/// <param name="Machine">The machine's id: <c>Workers-3</c>, <c>Machines-3</c>.</param>
/// <param name="MachineName">Its name.</param>
/// <param name="Owner">The process that asks.</param>
/// <param name="Run">The run that is to hold it; null: the process itself, for as long as it lives.</param>
/// <param name="FencingToken">The token of the run's owner; 0 without a run.</param>
/// <param name="Step">The step that it is for; 0 without a run.</param>
/// <param name="AcquiresPackages">Whether it is for Acquire Packages.</param>
/// <param name="Mode">How.</param>
/// <param name="At">Now.</param>
public sealed record LockRequest(
    string Machine, string MachineName, EngineId Owner, RunId? Run, long FencingToken, int Step, bool AcquiresPackages, LockMode Mode, DateTimeOffset At)
{
    /// <summary>Whether the machine is a deployment target: it runs one step at a time, also of one run.</summary>
    public bool IsTarget { get; init; }

    /// <summary>The number of the runbook's step where <see cref="Step"/> is that of a part of it; null otherwise.</summary>
    public int? OfStep { get; init; }

    /// <summary>Who holds it: what one holder has is in nobody's way but others'.</summary>
    public string Holder => Run is null ? Owner.ToString() : IsTarget && !AcquiresPackages ? $"{Run}/{Step}" : Run.ToString()!;
}
