namespace OctoWorkers;

/// <summary>What a cancel or time-out did on a worker.</summary>
/// <param name="Verdict">What is left.</param>
/// <param name="Means">The means that were used; null when the worker was not reached.</param>
/// <param name="Ended">What was ended; at most the first 100.</param>
/// <param name="Remaining">What is left, where something is.</param>
public sealed record TerminationReceipt(
    TerminationVerdict Verdict,
    TerminationMeans? Means,
    IReadOnlyList<EndedProcess> Ended,
    IReadOnlyList<EndedProcess> Remaining)
{
    /// <summary>The receipt of a worker that could not be reached.</summary>
    public static TerminationReceipt Unverified { get; } = new(TerminationVerdict.Unverified, null, [], []);
}
