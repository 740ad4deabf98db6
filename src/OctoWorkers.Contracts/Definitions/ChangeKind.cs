namespace OctoWorkers;

/// <summary>What applying a definition does to the thing of its name.</summary>
public enum ChangeKind
{
    /// <summary>There was none.</summary>
    Added,

    /// <summary>It was another.</summary>
    Changed,

    /// <summary>It was the same, and was left alone.</summary>
    Unchanged,
}
