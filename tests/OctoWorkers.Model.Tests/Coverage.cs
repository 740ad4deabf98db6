using System.Collections.Concurrent;
using System.Globalization;

namespace OctoWorkers.Model.Tests;

/// <summary>What happened in all scenarios together: a suite in which nothing happens proves nothing.</summary>
internal sealed class Coverage
{
    private static readonly string[] Wanted =
    [
        .. Enum.GetNames<RunStatus>().Where(name => name is "Success" or "Failed" or "Canceled" or "TimedOut").Select(name => $"run {name}"),
        .. Enum.GetNames<AttemptOutcome>().Where(name => name != nameof(AttemptOutcome.NotStarted)).Select(name => $"attempt {name}"),
        .. Enum.GetValues<InterruptionAnswer>().Select(answer => $"answer {answer}"),
        nameof(TakenOver), nameof(WorkerReplaced), nameof(WorkersDrawnAgain), nameof(RetryScheduled), nameof(ChildRunCreated), nameof(PackageAcquired), nameof(CancelRequested),
        nameof(RunTimeoutReached), nameof(StepSkipped), nameof(InterruptionEnded), nameof(FailureHeld), nameof(TargetExcluded), "part", "rerun",
    ];

    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>What should have happened and never did.</summary>
    public IReadOnlyList<string> Missing => [.. Wanted.Where(what => !counts.ContainsKey(what))];

    /// <summary>Counts what happened in a run.</summary>
    public void Add(RunRecord run, IReadOnlyList<RunEvent> events)
    {
        Add($"run {run.Status}");
        if (run.Request.RerunOf is not null)
        {
            Add("rerun");
        }

        foreach (RunEvent happened in events)
        {
            Add(happened switch
            {
                AttemptEnded ended => $"attempt {ended.Outcome}",
                AttemptIntended intended when intended.Step > run.Request.Snapshot.Steps.Count => "part",
                InterruptionAnswered answered => $"answer {answered.Answer}",
                _ => happened.GetType().Name,
            });
        }
    }

    /// <summary>How often what happened.</summary>
    public override string ToString()
        => string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}: {count.Value}")));

    private void Add(string what) => counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
