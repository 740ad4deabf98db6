namespace OctoWorkers;

/// <summary>A feed of the store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its folder.</param>
/// <param name="Description">What it is for; may be empty.</param>
public sealed record FeedRecord(FeedId Id, string Name, string Path, string Description)
{
    /// <summary>The name of the feed that every store has: the folder <c>packages</c> beside it.</summary>
    public const string BuiltInName = "Built-in";

    /// <summary>Whether it is the built-in one.</summary>
    public bool IsBuiltIn => Id == FeedId.BuiltIn;

    /// <summary>Its name: what a record is where there is room for a word.</summary>
    public override string ToString() => Name;
}
