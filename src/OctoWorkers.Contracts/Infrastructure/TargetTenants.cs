namespace OctoWorkers;

/// <summary>The tenants that a deployment target is for.</summary>
public sealed record TargetTenants
{
    private TargetTenants(TenantParticipation participation, IReadOnlyList<string> names, IReadOnlyList<TenantTag> tags)
    {
        Participation = participation;
        Names = names;
        Tags = tags;
    }

    /// <summary>For no tenant: only runs for none choose it.</summary>
    public static TargetTenants None { get; } = new(TenantParticipation.Untenanted, [], []);

    /// <summary>Which runs it takes part in.</summary>
    public TenantParticipation Participation { get; }

    /// <summary>Names of tenants that it is associated with.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Tags of tenants that it is associated with: a tenant that has any of one set, of all sets.</summary>
    public IReadOnlyList<TenantTag> Tags { get; }

    /// <summary>Makes one.</summary>
    /// <param name="participation">Which runs it takes part in; null: <see cref="TenantParticipation.Tenanted"/> where tenants or tags are given, else <see cref="TenantParticipation.Untenanted"/>.</param>
    /// <param name="names">Names of tenants.</param>
    /// <param name="tags">Tags of tenants.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when participation and tenants do not go together, or something is named twice.</exception>
    public static TargetTenants Of(TenantParticipation? participation, IEnumerable<string> names, IEnumerable<TenantTag> tags)
    {
        string[] who = [.. names.Select(name => EntityName.Require(name, "tenant"))];
        TenantTag[] which = [.. tags];
        if ((who.GroupBy(name => name, EntityName.Comparer).FirstOrDefault(same => same.Count() > 1)?.Key
            ?? which.GroupBy(tag => tag).FirstOrDefault(same => same.Count() > 1)?.Key.ToString()) is { } twice)
        {
            throw new OctoWorkersException(EngineError.InvalidDefinition, $"A deployment target has '{twice}' twice among its tenants and tenant tags. Name it once.", twice);
        }

        bool hasAny = who.Length + which.Length > 0;
        TenantParticipation part = participation ?? (hasAny ? TenantParticipation.Tenanted : TenantParticipation.Untenanted);
        return part != TenantParticipation.Untenanted == hasAny ? new(part, who, which)
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition,
                hasAny ? $"A deployment target that is {part} has no tenants. Leave out its tenants and tenant tags, or make it Tenanted or TenantedOrUntenanted."
                    : $"A deployment target that is {part} needs a tenant or a tenant tag, or no run for a tenant would choose it. Name at least one, or make it Untenanted.",
                part);
    }

    /// <summary>The same with changes.</summary>
    /// <param name="participation">Which runs the target takes part in from now on; null: as before, as far as that goes with its tenants.</param>
    /// <param name="names">Names of the tenants that take the place of those before; null: these stay.</param>
    /// <param name="tags">Tags of tenants likewise.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when participation and tenants do not go together: no tenant goes unless that is said.</exception>
    public TargetTenants With(TenantParticipation? participation, IReadOnlyList<string>? names, IReadOnlyList<TenantTag>? tags)
    {
        if (participation == TenantParticipation.Untenanted && Participation != TenantParticipation.Untenanted && names is null && tags is null)
        {
            throw new OctoWorkersException(
                EngineError.InvalidDefinition,
                $"The deployment target is {this}; to make it {participation} takes these away. Say that they go too (--no-tenants; -Tenant @() -TenantTag @()), or leave out the participation.",
                participation);
        }

        IReadOnlyList<string> who = names ?? Names;
        IReadOnlyList<TenantTag> which = tags ?? Tags;
        bool stays = participation is null && Participation != TenantParticipation.Untenanted && who.Count + which.Count > 0;
        return Of(stays ? Participation : participation, who, which);
    }

    /// <summary>Whether runs for a tenant choose the target, as far as tenants decide that.</summary>
    /// <param name="tenant">The tenant.</param>
    public bool Includes(TenantRecord tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return Names.Contains(tenant.Name, EntityName.Comparer) || (Tags.Count > 0 && tenant.HasTags(Tags));
    }

    /// <summary>Whether it says the same, in whatever order and case.</summary>
    public bool Equals(TargetTenants? other)
        => other is not null && Participation == other.Participation
            && Names.ToHashSet(EntityName.Comparer).SetEquals(other.Names) && Tags.ToHashSet().SetEquals(other.Tags);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Participation, Names.Count, Tags.Count);

    /// <inheritdoc/>
    public override string ToString()
        => Participation == TenantParticipation.Untenanted ? $"{Participation}" : $"{Participation}: {string.Join(", ", Names.Concat(Tags.Select(tag => tag.ToString())))}";
}
