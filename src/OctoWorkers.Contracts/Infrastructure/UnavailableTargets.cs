namespace OctoWorkers;

/// <summary>What becomes of a run whose deployment targets are not all healthy.</summary>
public enum UnavailableTargets
{
    /// <summary>As the next one in line says: run, runbook, machine policy. Nobody says anything: <see cref="Fail"/>.</summary>
    Default,

    /// <summary>The plan fails.</summary>
    Fail,

    /// <summary>They are left out, with a warning.</summary>
    Skip,
}
