namespace OctoWorkers.Engine.Planning;

/// <summary>Which workers may be drawn (semantics, section 1): enabled ones whose health is <c>Healthy</c> or <c>HasWarnings</c>.</summary>
internal sealed class WorkerEligibility
{
    private readonly bool isPreview;
    private readonly HashSet<WorkerId> unreachable;

    private WorkerEligibility(bool isPreview, HashSet<WorkerId> unreachable)
    {
        this.isPreview = isPreview;
        this.unreachable = unreachable;
    }

    /// <summary>For a run, which has checked the workers that needed it.</summary>
    internal static WorkerEligibility ForRun { get; } = new(false, []);

    /// <summary>For showing a plan, which checks nothing: unknown health counts as good.</summary>
    internal static WorkerEligibility ForPreview { get; } = new(true, []);

    /// <summary>For a run that could not reach some workers.</summary>
    internal static WorkerEligibility Without(HashSet<WorkerId> unreachable) => new(false, unreachable);

    /// <summary>Whether the run found the worker unreachable.</summary>
    internal bool IsUnreachable(WorkerId worker) => unreachable.Contains(worker);

    /// <summary>Whether a run would check the worker before drawing it, which this plan does not.</summary>
    internal bool WouldBeChecked(WorkerRecord worker) => isPreview && worker.Health.Status == HealthStatus.Unknown;

    /// <summary>Whether a run would look what the worker has before drawing it, which this plan does not.</summary>
    internal bool CapabilitiesWouldBeChecked(WorkerRecord worker, IReadOnlyList<CapabilityDemand> demands)
        => isPreview && CapabilityMatch.Of(worker, demands) is { IsKnown: false };

    /// <summary>What of the demands an otherwise eligible worker does not meet; null when it meets all.</summary>
    internal Ineligibility? Unmet(WorkerRecord worker, IReadOnlyList<CapabilityDemand> demands)
    {
        if (demands.Count == 0 || CapabilityMatch.Of(worker, demands) is not { Missing.Count: > 0 } match)
        {
            return null;
        }

        return match.IsKnown ? new("unmet demands", string.Join("; ", match.Missing), match.Missing.Count)
            : isPreview ? null
            : new("unmet demands", $"{string.Join("; ", match.Missing)} (as far as is known: it could not be checked)", match.Missing.Count);
    }

    /// <summary>Why a worker may not be drawn, whatever is demanded; null when it may.</summary>
    internal Ineligibility? Problem(WorkerRecord worker)
    {
        if (IsUnreachable(worker.Id))
        {
            return new("could not be reached by this run");
        }

        if (worker.State != WorkerState.Enabled)
        {
            return new(worker.State == WorkerState.Draining ? "draining" : "disabled");
        }

        return worker.Health.Status switch
        {
            HealthStatus.Healthy or HealthStatus.HasWarnings => null,
            HealthStatus.Unknown when isPreview => null,
            HealthStatus.Unknown => new("health unknown", worker.Health.CheckedAt is null ? "never checked" : "the last check is too old"),
            HealthStatus.Unavailable when isPreview => new("Unavailable (would be checked again, unless that was just now)", OneLine(worker.Health.Message)),
            _ => new($"{worker.Health.Status}", OneLine(worker.Health.Message)),
        };
    }

    private static string OneLine(string message)
    {
        ReadOnlySpan<char> line = message.AsSpan().Trim();
        int end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end].TrimEnd();

        // What follows it is the names of workers: a sentence within a sentence.
        return (line.EndsWith("..") ? line : line.TrimEnd('.')).ToString();
    }
}
