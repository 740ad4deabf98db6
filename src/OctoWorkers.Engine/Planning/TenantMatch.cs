namespace OctoWorkers.Engine.Planning;

/// <summary>Whether a deployment target is for the tenant of a run: Octopus's rules.</summary>
internal static class TenantMatch
{
    private const string OnlyTenants = "only for runs for its tenants, and the run is for none";
    private const string NoTenants = "takes no part in runs for tenants";
    private const string Other = "not associated with tenant ";

    /// <summary>Why a run leaves a deployment target out; null when tenants are no reason.</summary>
    /// <param name="target">The tenants that the target is for.</param>
    /// <param name="tenant">The tenant that the run is for; null: none.</param>
    internal static string? Problem(TargetTenants target, TenantRecord? tenant)
        => tenant is null ? target.Participation == TenantParticipation.Tenanted ? OnlyTenants : null
            : target.Participation == TenantParticipation.Untenanted ? NoTenants
            : target.Includes(tenant) ? null
            : $"{Other}'{tenant.Name}'";

    /// <summary>Whether that is why a target was left out.</summary>
    internal static bool IsReason(string reason) => reason is OnlyTenants or NoTenants || reason.StartsWith(Other, StringComparison.Ordinal);
}
