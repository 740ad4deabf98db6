using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Engine.Planning;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>The run-a-runbook steps of a run: they create runs, wait for them or not, and cancel those that they wait for.</summary>
internal sealed class ChildRuns(RunServices services, RunRecord parent)
{
    private readonly IStore store = services.Store;
    private readonly Dictionary<RunId, int> canceled = [];

    /// <summary>Begins an attempt: the run is created in the same transaction.</summary>
    public async Task BeginAsync(RunDraft draft, StepState step, int attempt, RunRunbookAction action, DateTimeOffset now)
    {
        draft.Add(new AttemptIntended(step.Number, attempt, null, null) { At = now });
        RunRequest request;
        try
        {
            request = await RequestAsync(draft.State, step.Number, action).ConfigureAwait(false);
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

    /// <summary>Asks that the child be canceled: as often as the parent was, and at most twice, whichever processes drove the parent.</summary>
    public async Task CancelAsync(StepState step, int parentCancels, DateTimeOffset now)
    {
        if (step.Child is not { } child)
        {
            return;
        }

        if (!canceled.TryGetValue(child, out int asked))
        {
            IReadOnlyList<RunEvent> events = await store.GetEventsAsync(child, CancellationToken.None).ConfigureAwait(false);
            asked = events.OfType<CancelRequested>().Count();
        }

        for (; asked < Math.Clamp(parentCancels, 1, 2); asked++)
        {
            await store.RequestCancelAsync(child, parent.Request.CreatedBy, $"{parent.Id}, which waits for it, was stopped", now, CancellationToken.None)
                .ConfigureAwait(false);
        }

        canceled[child] = asked;
    }

    /// <summary>Makes what a child that was waited for says of itself the outputs of the step that created it.</summary>
    public async Task AddOutputsAsync(RunDraft draft, int number, RunRecord child, DateTimeOffset now)
    {
        RunState ended = RunState.Of(child.Request, await store.GetEventsAsync(child.Id, CancellationToken.None).ConfigureAwait(false));
        foreach (OutputVariableSet output in RunOutputs.OfChild(draft.State.Step(number), child, ended, now))
        {
            draft.Add(output);
        }
    }

    /// <summary>What the end of a child means for the step that waits for it. A child that others canceled has failed the step.</summary>
    public static AttemptEnded Ended(RunState state, int number, RunRecord child, DateTimeOffset now)
    {
        StepState step = state.Step(number);
        AttemptOutcome outcome = child.Status switch
        {
            RunStatus.Success => AttemptOutcome.Succeeded,
            RunStatus.Canceled when state.IsStopping => state.StopReason == StopReason.Canceled ? AttemptOutcome.Canceled : AttemptOutcome.TimedOut,
            RunStatus.Canceled when step.ChildDue <= now => AttemptOutcome.TimedOut,
            _ => AttemptOutcome.Failed,
        };
        string? error = outcome == AttemptOutcome.Succeeded ? null
            : outcome == AttemptOutcome.TimedOut && !state.IsStopping
                ? $"{child.Id} of runbook '{child.Request.Snapshot.Name}' ran longer than the step's time-out of {step.Definition.Timeout} and was canceled."
            : $"{child.Id} of runbook '{child.Request.Snapshot.Name}' ended with {child.Status}. {child.Error}".TrimEnd();
        return new(step.Number, step.Attempts.Count, outcome, null, error, null) { At = now };
    }

    private static void End(RunDraft draft, AttemptEnded ended)
    {
        RunEvent follows = AttemptVerdict.Follow(draft.State, ended);
        draft.Add(ended);
        draft.Add(follows);
    }

    private async Task<RunRequest> RequestAsync(RunState state, int step, RunRunbookAction action)
    {
        if (parent.Request.Depth + 1 > RunbookNesting.MaxDepth)
        {
            throw new OctoWorkersException(
                EngineError.RunbookCycle,
                $"Runbook '{action.Runbook}' would be run {parent.Request.Depth + 1} levels deep; runbooks nest at most {RunbookNesting.MaxDepth} deep. Do they call each other in a circle?",
                action.Runbook);
        }

        NewRun child = new(action.Runbook, action.Environment ?? parent.Request.Environment.Name)
        {
            Tenant = parent.Request.Tenant?.Name, Variables = Given(state, step, action),
        };
        RunRequest request = await RunRequests.MakeAsync(store, services.Secrets, child, services.Text, CancellationToken.None).ConfigureAwait(false);
        RequestTies.Check(request);
        return request with
        {
            CreatedBy = parent.Request.CreatedBy,
            Priority = request.Snapshot.Priority ?? parent.Priority,
            Parent = parent.Id,
            ParentStep = step,
            ParentWaits = action.Wait,
            UnavailableTargets = request.UnavailableTargets != UnavailableTargets.Default ? request.UnavailableTargets : parent.Request.UnavailableTargets,
            PackageVersions = PackageChoices.VersionsOf(parent.Request, state.Plan),
            Depth = parent.Request.Depth + 1,
        };
    }

    // A value into which a secret was put is a secret.
    private IReadOnlyList<VariableDefinition> Given(RunState state, int step, RunRunbookAction action)
    {
        if (action.Variables.Count == 0)
        {
            return [];
        }

        StepVariables variables = StepVariables.Open(RunVariables.Of(parent, state, step, null), services.Secrets.Open);
        return [.. action.Variables.Select(given =>
        {
            EvaluatedText value = services.Text.Evaluate(given.Value, variables);
            VariableDefinition open = VariableDefinition.Text(given.Key, value.Text);
            return value.IsSensitive ? VariableDefinition.Sensitive(given.Key, services.Secrets.Seal(value.Text)) : open;
        })];
    }
}
