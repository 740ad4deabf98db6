namespace OctoWorkers.Engine.Variables;

/// <summary>A value, and where it comes from.</summary>
/// <param name="Source">The kind of place.</param>
/// <param name="Place">The place, in words: <c>variable set 'Shared'</c>.</param>
/// <param name="Definition">The value with its scope.</param>
public sealed record SourcedVariable(VariableSource Source, string Place, VariableDefinition Definition);
