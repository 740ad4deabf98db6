namespace OctoWorkers;

/// <summary>One choice of a drop-down.</summary>
/// <param name="Value">The value it gives.</param>
/// <param name="Label">What is shown for it.</param>
public sealed record PromptOption(string Value, string Label);
