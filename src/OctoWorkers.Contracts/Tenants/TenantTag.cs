namespace OctoWorkers;

/// <summary>A tag of tenants: a value of a set, written as <c>Set/Tag</c>. It compares without regard to case.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Tag">The value's name.</param>
public readonly record struct TenantTag(string Set, string Tag)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it is not <c>Set/Tag</c>.</exception>
    public static TenantTag Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && EntityName.Problem(text[..slash]) is null && EntityName.Problem(text[(slash + 1)..]) is null
            ? new(text[..slash], text[(slash + 1)..])
            : throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"'{text}' is not a tenant tag. Write it as Set/Tag, for example Region/Europe.", text);
    }

    /// <inheritdoc/>
    public bool Equals(TenantTag other) => EntityName.Comparer.Equals(Set, other.Set) && EntityName.Comparer.Equals(Tag, other.Tag);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EntityName.Comparer.GetHashCode(Set), EntityName.Comparer.GetHashCode(Tag));

    /// <inheritdoc/>
    public override string ToString() => $"{Set}/{Tag}";
}
