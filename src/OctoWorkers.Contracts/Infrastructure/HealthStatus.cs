namespace OctoWorkers;

/// <summary>What the last health check found. <see cref="Healthy"/> and <see cref="HasWarnings"/> are eligible.</summary>
public enum HealthStatus
{
    /// <summary>Never checked, or the last check is older than the policy's interval.</summary>
    Unknown,
    /// <summary>Reached, and nothing to complain about.</summary>
    Healthy,
    /// <summary>Reached; the check wrote a warning.</summary>
    HasWarnings,
    /// <summary>Reached; the check failed or wrote an error.</summary>
    Unhealthy,
    /// <summary>It cannot be reached.</summary>
    Unavailable,
}
