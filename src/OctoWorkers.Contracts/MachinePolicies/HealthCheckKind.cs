namespace OctoWorkers;

/// <summary>What a health check does.</summary>
public enum HealthCheckKind
{
    /// <summary>It connects, looks for capabilities and runs the policy's script.</summary>
    Script,

    /// <summary>It connects, and no more. Tools are looked for only when a step demands one.</summary>
    ConnectivityOnly,
}
