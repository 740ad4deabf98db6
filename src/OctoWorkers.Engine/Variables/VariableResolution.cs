namespace OctoWorkers.Engine.Variables;

/// <summary>What became of one variable somewhere.</summary>
/// <param name="Name">Its name, as the winner spells it.</param>
/// <param name="Resolved">The value that applies, and why; null when none does, and when values tie.</param>
/// <param name="Tie">The <see cref="EngineError.VariableConflict"/> that names the values which tie; null when none do.</param>
/// <param name="Others">Its values that did not win: when values tie all of them.</param>
internal readonly record struct VariableResolution(string Name, ResolvedVariable? Resolved, OctoWorkersException? Tie, IReadOnlyList<OutrankedVariable> Others);
