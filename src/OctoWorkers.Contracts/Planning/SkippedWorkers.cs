namespace OctoWorkers;

/// <summary>Workers that a draw passed over for one reason.</summary>
/// <param name="Reason">Why: "disabled", "Unavailable: connection refused".</param>
/// <param name="Names">Their names, at most <see cref="MaxNames"/>.</param>
/// <param name="Count">How many there are in all.</param>
public sealed record SkippedWorkers(string Reason, IReadOnlyList<string> Names, int Count)
{
    /// <summary>How many names are given at the most.</summary>
    public const int MaxNames = 20;

    /// <summary>Who, and why: <c>worker1, worker2: disabled</c>; of many, how many more there are.</summary>
    public override string ToString() => $"{string.Join(", ", Names)}{(Count > Names.Count ? $" and {Count - Names.Count} more" : "")}: {Reason}";
}
