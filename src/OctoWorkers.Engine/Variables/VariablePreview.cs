namespace OctoWorkers.Engine.Variables;

/// <summary>What a step would see of one variable.</summary>
/// <param name="Resolved">The value that won, and why.</param>
/// <param name="Value">The value with its templates evaluated; null when it is sensitive, and where a secret is put into it, that is masked.</param>
public sealed record VariablePreview(ResolvedVariable Resolved, string? Value);
