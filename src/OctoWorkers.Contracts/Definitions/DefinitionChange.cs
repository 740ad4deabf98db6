namespace OctoWorkers;

/// <summary>What applying definitions did to one thing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change">What happened to it.</param>
public sealed record DefinitionChange(DefinitionKind Kind, string Name, ChangeKind Change);
