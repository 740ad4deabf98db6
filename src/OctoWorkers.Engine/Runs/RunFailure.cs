namespace OctoWorkers.Engine.Runs;

/// <summary>A run could not be driven on, for a reason that is not the run's.</summary>
/// <param name="Error">Why.</param>
/// <param name="At">When, as a time stamp.</param>
/// <param name="Pause">How long it is left alone.</param>
internal sealed record RunFailure(Exception Error, long At, TimeSpan Pause)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Whether the run's log says it.</summary>
    public bool IsTold { get; init; }

    /// <summary>The next failure; the same one over and over is told once.</summary>
    public static RunFailure After(RunFailure? before, Exception error, long at)
        => new(error, at, before is null ? TimeSpan.FromSeconds(1) : before.Pause * 2 < Longest ? before.Pause * 2 : Longest)
        {
            IsTold = before is { IsTold: true } && before.Error.Message == error.Message,
        };
}
