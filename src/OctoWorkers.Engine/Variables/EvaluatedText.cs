namespace OctoWorkers.Engine.Variables;

/// <summary>A text with its variables put in.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsTrue">Whether it counts as true in a condition: everything in it could be evaluated, and the text is not a false one.</param>
/// <param name="IsSensitive">Whether a sensitive value was looked at.</param>
internal sealed record EvaluatedText(string Text, bool IsTrue, bool IsSensitive)
{
    /// <summary>Names that were not there, in order.</summary>
    public IReadOnlyList<string> Unresolved { get; init; } = [];
}
