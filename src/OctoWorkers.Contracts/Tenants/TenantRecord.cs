namespace OctoWorkers;

/// <summary>A tenant as the store has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Description">What it is; empty when nothing was said.</param>
public sealed record TenantRecord(TenantId Id, string Name, IReadOnlyList<TenantTag> Tags, string Description)
{
    /// <summary>Whether it has tags: any of one set, of all sets. Of none it has all.</summary>
    /// <param name="tags">The tags.</param>
    public bool HasTags(IEnumerable<TenantTag> tags) => tags.GroupBy(tag => tag.Set, EntityName.Comparer).All(set => set.Any(Tags.Contains));

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
