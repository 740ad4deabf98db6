namespace OctoWorkers.Engine.Definitions;

/// <summary>A definition, and where it stands.</summary>
/// <typeparam name="T">What is defined.</typeparam>
/// <param name="Value">The definition.</param>
/// <param name="Location">Where it begins.</param>
public sealed record Located<T>(T Value, SourceLocation Location)
    where T : class;
