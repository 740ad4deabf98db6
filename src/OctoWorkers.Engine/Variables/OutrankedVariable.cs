namespace OctoWorkers.Engine.Variables;

/// <summary>A value that did not win.</summary>
/// <param name="Variable">The value.</param>
/// <param name="Applies">Whether its scope matches.</param>
/// <param name="Reason">Why it did not win, in words.</param>
public sealed record OutrankedVariable(SourcedVariable Variable, bool Applies, string Reason);
