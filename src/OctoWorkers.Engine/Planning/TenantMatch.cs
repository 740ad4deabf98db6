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

    /// <summary>Says which tags no tenant has any more although deployment targets are for tenants that have them.</summary>
    /// <param name="tags">The tags that one had.</param>
    /// <param name="tenants">The tenants that there are now.</param>
    /// <param name="targets">The deployment targets.</param>
    internal static IReadOnlyList<string> LostTags(IEnumerable<TenantTag> tags, IReadOnlyList<TenantRecord> tenants, IReadOnlyList<DeploymentTargetRecord> targets)
    {
        List<string> sentences = [];
        foreach (TenantTag tag in tags.Where(tag => !tenants.Any(tenant => tenant.Tags.Contains(tag))))
        {
            string[] users = [.. targets.Where(target => target.Tenants.Tags.Contains(tag)).Select(target => $"'{target.Name}'")];
            if (users.Length > 0)
            {
                string names = string.Join(", ", users.Take(SkippedWorkers.MaxNames)) + (users.Length > SkippedWorkers.MaxNames ? $" and {users.Length - SkippedWorkers.MaxNames} more" : "");
                sentences.Add($"No tenant has the tag '{tag}' any more, and {(users.Length == 1 ? "deployment target" : "deployment targets")} {names} {(users.Length == 1 ? "is" : "are")} for tenants that have it.");
            }
        }

        return sentences;
    }

    /// <summary>Whether that is why a target was left out.</summary>
    internal static bool IsReason(string reason) => reason is OnlyTenants or NoTenants || reason.StartsWith(Other, StringComparison.Ordinal);
}
