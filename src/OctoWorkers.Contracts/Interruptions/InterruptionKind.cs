namespace OctoWorkers;

/// <summary>Why a run waits for a person.</summary>
public enum InterruptionKind
{
    /// <summary>A step of the runbook is a manual intervention.</summary>
    Manual,
    /// <summary>A step failed, and the run is guided.</summary>
    Failure,
}
