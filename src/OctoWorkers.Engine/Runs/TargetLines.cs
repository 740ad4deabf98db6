using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>Names the step and the deployment target of log lines that are stored by the number of a step's part.</summary>
internal sealed class TargetLines(IStore store, RunRecord run)
{
    private Dictionary<int, (int Step, string Target)>? parts;

    /// <summary>Whether a step is about deployment targets, so that its lines are stored by the numbers of its parts.</summary>
    public bool IsAbout(int? step) => step is > 0 && step <= run.Request.Snapshot.Steps.Count && run.Request.Snapshot.Steps[step.Value - 1].Targets is not null;

    /// <summary>The line as it is shown.</summary>
    public async Task<LogLine> NameAsync(LogLine line, CancellationToken cancellationToken)
    {
        if (line.Step <= run.Request.Snapshot.Steps.Count)
        {
            return line;
        }

        // The plan was stored before any line of a part.
        parts ??= PartsOf(await store.GetEventsAsync(run.Id, cancellationToken).ConfigureAwait(false));
        return parts.TryGetValue(line.Step, out (int Step, string Target) part) ? line with { Step = part.Step, Target = part.Target } : line;
    }

    /// <summary>The step and the deployment target of each part of a step that a journal tells of.</summary>
    public static Dictionary<int, (int Step, string Target)> PartsOf(IReadOnlyList<RunEvent> events)
        => events.OfType<RunPlanned>().SelectMany(planned => planned.Plan.Steps)
            .SelectMany(step => (step.Targets ?? []).Select(target => (step.Number, target)))
            .ToDictionary(pair => pair.target.Number, pair => (pair.Number, pair.target.Name));
}
