namespace OctoWorkers.Engine.Planning;

/// <summary>A runbook in an environment, as a place in a chain of runbooks that run each other. Names are compared without case.</summary>
/// <param name="definition">The runbook.</param>
/// <param name="environment">The environment; null when it is not known.</param>
internal sealed class NestedRunbook(RunbookDefinition definition, string? environment) : IEquatable<NestedRunbook>
{
    internal RunbookDefinition Definition => definition;

    internal string? Environment => environment;

    internal string Name => definition.Name;

    public static bool operator ==(NestedRunbook left, NestedRunbook right) => left.Equals(right);

    public static bool operator !=(NestedRunbook left, NestedRunbook right) => !left.Equals(right);

    public bool Equals(NestedRunbook? other)
        => other is not null && EntityName.Comparer.Equals(Name, other.Name) && EntityName.Comparer.Equals(environment, other.Environment);

    public override bool Equals(object? obj) => Equals(obj as NestedRunbook);

    public override int GetHashCode()
        => HashCode.Combine(EntityName.Comparer.GetHashCode(Name), environment is null ? 0 : EntityName.Comparer.GetHashCode(environment));
}
