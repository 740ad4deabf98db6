using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>An attempt of a script step to be carried out, or to be taken up again.</summary>
/// <param name="Run">The run.</param>
/// <param name="FencingToken">The owner's token.</param>
/// <param name="Step">The step.</param>
/// <param name="Number">Its number in the runbook, or that of its part for a deployment target.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Began">When it was about to be started; its time-out counts from here.</param>
/// <param name="Resume">Where the reading of its output stands; null for a new attempt.</param>
/// <param name="Secrets">The run's secrets.</param>
/// <param name="Artifacts">Numbers the run's artifacts.</param>
internal sealed record AttemptOrder(
    RunId Run, long FencingToken, StepDefinition Step, int Number, int Attempt, DateTimeOffset Began, OutputCursor? Resume, RunSecrets Secrets,
    ArtifactNumbers Artifacts)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    /// <summary>Artifacts that the attempt announced before it was taken up again, and that are not collected yet.</summary>
    public IReadOnlyList<ArtifactAnnounced> Announced { get; init; } = [];

    /// <summary>The number of the runbook's step that it is of; <see cref="Number"/> may be that of a part of it.</summary>
    public int OfStep { get; init; } = Number;

    /// <summary>Name of the deployment target that it is for; null when it is for none.</summary>
    public string? Target { get; init; }

    /// <summary>The packages of the step, which are in its worker's cache.</summary>
    public IReadOnlyList<PlannedPackage> Packages { get; init; } = [];

    /// <summary>The fencing token of the owner who intended it, or a lower one: the worker knew the run under it before the attempt could start.</summary>
    public long IntendedUnder { get; init; } = FencingToken;

    /// <summary>The ticket: unique in the store, the same in every process.</summary>
    public string Ticket => TicketOf(Run, Number, Attempt);

    /// <summary>How long it may still run; infinite without a time-out.</summary>
    public TimeSpan TimeLeft(DateTimeOffset now)
    {
        if (Step.Timeout is not { } length)
        {
            return Timeout.InfiniteTimeSpan;
        }

        // A clock that is set neither ends an attempt that begins here nor makes its time-out longer; one of more than a timer can count is none.
        TimeSpan left = Resume is null ? length : Began + length - now;
        left = left < TimeSpan.Zero ? TimeSpan.Zero : left > length ? length : left;
        return left > LongestTimer ? Timeout.InfiniteTimeSpan : left;
    }

    public static string TicketOf(RunId run, int step, int attempt) => $"{run.Number}-{step}-{attempt}";
}
