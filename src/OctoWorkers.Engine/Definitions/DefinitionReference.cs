namespace OctoWorkers.Engine.Definitions;

/// <summary>A name that stands for something which may be defined elsewhere: in another file, or in the store.</summary>
/// <param name="Kind">What it is the name of.</param>
/// <param name="Name">The name as written.</param>
/// <param name="Location">Where it is written.</param>
public sealed record DefinitionReference(ReferenceKind Kind, string Name, SourceLocation Location);
