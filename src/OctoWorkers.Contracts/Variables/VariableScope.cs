namespace OctoWorkers;

/// <summary>
/// Where a value applies (semantics, section 5). Kinds that are empty do not restrict it; of the others each must match, and one name of a kind is enough.
/// Names compare without regard to case.
/// </summary>
public sealed record VariableScope
{
    /// <summary>Applies everywhere.</summary>
    public static VariableScope Unscoped { get; } = new();

    /// <summary>Names of steps.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Names of machines: deployment targets or workers.</summary>
    public IReadOnlyList<string> Machines { get; init; } = [];

    /// <summary>Tags (roles) of deployment targets.</summary>
    public IReadOnlyList<string> TargetTags { get; init; } = [];

    /// <summary>Names of tenants.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>Tags of tenants, as <c>Set/Tag</c>: any of one set, all sets.</summary>
    public IReadOnlyList<string> TenantTags { get; init; } = [];

    /// <summary>Names of environments.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Names of runbooks.</summary>
    public IReadOnlyList<string> Runbooks { get; init; } = [];
}
