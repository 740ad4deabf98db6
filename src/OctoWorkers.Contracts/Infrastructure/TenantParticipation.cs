namespace OctoWorkers;

/// <summary>Which runs a deployment target takes part in, as Octopus says it.</summary>
public enum TenantParticipation
{
    /// <summary>Only runs for no tenant.</summary>
    Untenanted,

    /// <summary>Only runs for the tenants that it is associated with.</summary>
    Tenanted,

    /// <summary>Runs for no tenant, and those for the tenants that it is associated with.</summary>
    TenantedOrUntenanted,
}
