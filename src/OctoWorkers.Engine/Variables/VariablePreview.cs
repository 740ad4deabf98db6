namespace OctoWorkers.Engine.Variables;

/// <summary>What a step would see of one variable.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Resolved">The value that won, and why; null when values tie.</param>
/// <param name="Value">
/// The value with its templates evaluated; null when it is sensitive, and where a secret is put into it, that is masked. Null when values tie.
/// </param>
public sealed record VariablePreview(string Name, ResolvedVariable? Resolved, string? Value)
{
    /// <summary>Which values tie, so that no run can begin; null when none do.</summary>
    public string? Conflict { get; init; }

    /// <summary>The variable's values that did not win: when values tie all of them.</summary>
    public IReadOnlyList<OutrankedVariable> Others { get; init; } = [];
}
