using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Runs;

/// <summary>The run-a-runbook steps of a run: they create runs, wait for them or not, and cancel those that they wait for.</summary>
internal sealed class ChildRuns(IStore store, RunRecord parent)
{
    private readonly HashSet<(int Step, int Attempt)> canceled = [];

    /// <summary>Begins an attempt: the run is created in the same transaction.</summary>
    public async Task BeginAsync(RunDraft draft, StepState step, int attempt, RunRunbookAction action, DateTimeOffset now)
    {
        draft.Add(new AttemptIntended(step.Number, attempt, null, null) { At = now });
        RunRequest request;
        try
        {
            request = await RequestAsync(step.Number, action).ConfigureAwait(false);
        }
        catch (OctoWorkersException e) when (!e.Error.ToString().StartsWith("Store", StringComparison.Ordinal))
        {
            End(draft, new(step.Number, attempt, AttemptOutcome.Failed, null, e.Message, null) { At = now });
            return;
        }

        draft.AddChild(new ChildRunCreated(step.Number, default, action.Wait) { At = now }, request);
        if (!action.Wait)
        {
            End(draft, new(step.Number, attempt, AttemptOutcome.Succeeded, null, null, null) { At = now });
        }
    }

    /// <summary>Asks, once an attempt, that the child be canceled.</summary>
    public async Task CancelAsync(StepState step, DateTimeOffset now)
    {
        if (step.Child is { } child && canceled.Add((step.Number, step.Attempts.Count)))
        {
            await store.RequestCancelAsync(child, parent.Request.CreatedBy, $"{parent.Id}, which waits for it, was stopped", now, CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    /// <summary>What the end of a child means for the step that waits for it.</summary>
    public static AttemptEnded Ended(StepState step, RunRecord child, DateTimeOffset now)
    {
        AttemptOutcome outcome = child.Status switch
        {
            RunStatus.Success => AttemptOutcome.Succeeded,
            RunStatus.Canceled => AttemptOutcome.Canceled,
            _ => AttemptOutcome.Failed,
        };
        string? error = outcome == AttemptOutcome.Succeeded ? null
            : $"{child.Id} of runbook '{child.Request.Snapshot.Name}' ended with {child.Status}. {child.Error}".TrimEnd();
        return new(step.Number, step.Attempts.Count, outcome, null, error, null) { At = now };
    }

    private static void End(RunDraft draft, AttemptEnded ended)
    {
        RunEvent follows = AttemptVerdict.Follow(draft.State, ended);
        draft.Add(ended);
        draft.Add(follows);
    }

    private async Task<RunRequest> RequestAsync(int step, RunRunbookAction action)
    {
        if (parent.Request.Depth + 1 > RunbookNesting.MaxDepth)
        {
            throw new OctoWorkersException(
                EngineError.RunbookCycle,
                $"Runbook '{action.Runbook}' would be run {parent.Request.Depth + 1} levels deep; runbooks nest at most {RunbookNesting.MaxDepth} deep. Do they call each other in a circle?",
                action.Runbook);
        }

        RunRequest request = await RunRequests.MakeAsync(
            store, action.Runbook, action.Environment ?? parent.Request.Environment.Name, CancellationToken.None).ConfigureAwait(false);
        return request with
        {
            CreatedBy = parent.Request.CreatedBy,
            Parent = parent.Id,
            ParentStep = step,
            ParentWaits = action.Wait,
            Depth = parent.Request.Depth + 1,
        };
    }
}
