using System.Collections.Immutable;

namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's journal says, folded: the same events give the same state in every process.</summary>
internal sealed record RunState(RunbookDefinition Runbook, ImmutableArray<StepState> Steps)
{
    /// <summary>The parts of the steps that are about deployment targets, one for each target, in the order of their numbers, which follow those of the steps.</summary>
    public ImmutableArray<StepState> Parts { get; init; } = [];

    /// <summary>Deployment targets that are left out from here on, with the reason of each.</summary>
    public ImmutableDictionary<DeploymentTargetId, string> Excluded { get; init; } = ImmutableDictionary<DeploymentTargetId, string>.Empty;

    /// <summary>The run.</summary>
    public RunId Run { get; init; }

    /// <summary>The latest value of each output variable, by step, machine and name.</summary>
    public ImmutableDictionary<OutputKey, OutputVariableSet> Outputs { get; init; } = ImmutableDictionary<OutputKey, OutputVariableSet>.Empty;

    public RunPlan? Plan { get; init; }

    public DateTimeOffset? Started { get; init; }

    public int Cancels { get; init; }

    public string? CanceledBy { get; init; }

    public string CancelReason { get; init; } = "";

    public bool TimedOut { get; init; }

    /// <summary>What its scripts told to be masked.</summary>
    public ImmutableArray<SealedText> Secrets { get; init; } = [];

    /// <summary>The artifacts that its scripts announced, in order.</summary>
    public ImmutableArray<ArtifactState> Artifacts { get; init; } = [];

    /// <summary>Whether a step that failed asks a person.</summary>
    public bool IsGuided { get; init; }

    /// <summary>What it waited for people for, and waits for now, by number.</summary>
    public ImmutableArray<InterruptionState> Interruptions { get; init; } = [];

    /// <summary>Whether workers are to be drawn again before anything else begins: an interruption gave all of them back.</summary>
    public bool NeedsDraw { get; init; }

    /// <summary>All workers that were ever drawn for it.</summary>
    public ImmutableHashSet<WorkerId> Drawn { get; init; } = [];

    /// <summary>Whether it waits for a person.</summary>
    public bool AwaitsPerson => Interruptions.Any(interruption => interruption.IsOpen);

    public RunStatus? Final { get; init; }

    public EngineError? Cause { get; init; }

    public bool IsStopping => Cancels > 0 || TimedOut;

    public StopReason StopReason => Cancels > 0 && !TimedOut ? StopReason.Canceled : StopReason.RunTimedOut;

    public static RunState Of(RunRequest request, IEnumerable<RunEvent> events)
    {
        ImmutableArray<StepState> steps = [.. request.Snapshot.Steps.Select((step, index) => new StepState(index + 1, step))];
        RunState before = request.Outputs.Aggregate(new RunState(request.Snapshot, steps) { IsGuided = request.GuidedFailure }, (state, output) => state.Apply(output));
        return events.Aggregate(before, (state, happened) => state.Apply(happened));
    }

    /// <summary>A step, or a part of one.</summary>
    public StepState Step(int number) => number <= Steps.Length ? Steps[number - 1] : Parts[number - Steps.Length - 1];

    /// <summary>The steps and their parts.</summary>
    public IEnumerable<StepState> StepsAndParts => Parts.IsEmpty ? Steps : Steps.Concat(Parts);

    /// <summary>The parts of a step.</summary>
    public IEnumerable<StepState> PartsOf(int step) => Parts.Where(part => part.Of == step);

    /// <summary>What the plan says of a step, or of the step that a part is of; null before the run was planned.</summary>
    public PlannedStep? PlannedOf(int number)
    {
        int of = Step(number).Of;
        return Plan?.Steps.FirstOrDefault(planned => planned.Number == of);
    }

    /// <summary>What a step waits for a person for; null when it does not.</summary>
    public InterruptionState? OpenInterruption(int step)
        => Interruptions.FirstOrDefault(interruption => interruption.IsOpen && interruption.Number == step);

    /// <summary>The artifacts that an attempt announced and that are not collected yet.</summary>
    public IReadOnlyList<ArtifactAnnounced> PendingArtifacts(int step, int attempt)
        => [.. Artifacts.Where(artifact => artifact.Collected is null && artifact.Announced.Step == step && artifact.Announced.Attempt == attempt)
            .Select(artifact => artifact.Announced)];

    /// <summary>The draw that gives a step its worker; null before the run was planned, and for a step that runs on deployment targets.</summary>
    public WorkerDraw? DrawOf(int step)
        => PlannedOf(step)?.Key is { } key
            ? Plan!.Draws.FirstOrDefault(draw => draw.Key == key)
            : null;

    /// <summary>The machine that a step, or a part of one, is to run on, and the pool that it was drawn from; null before the run was planned.</summary>
    public StepMachine? MachineOf(int step)
        => DrawOf(step) is { } draw ? new(draw.Worker, draw.WorkerName, draw.Pool)
            : Step(step).Target is { } target ? new(target.Target.Machine, target.Name, null)
            : null;

    public RunState Apply(RunEvent happened) => happened switch
    {
        RunPlanned planned => this with
        {
            Plan = planned.Plan,
            Parts = RunPlans.PartsOf(planned.Plan, Steps),
            Drawn = Drawn.Union(planned.Plan.Draws.Select(draw => draw.Worker)).Union(RunPlans.TargetsIn(planned.Plan)),
        },
        WorkerReplaced replaced => this with { Plan = RunPlans.Replace(Plan!, replaced.Draw), Drawn = Drawn.Add(replaced.Draw.Worker) },
        WorkersDrawnAgain again => this with
        {
            Plan = RunPlans.Again(Plan!, again.Plan, number => Step(number).HasEnded),
            Drawn = Drawn.Union(again.Plan.Draws.Select(draw => draw.Worker)),
            NeedsDraw = false,
        },
        RunStarted started => this with { Started = started.At },
        CancelRequested cancel when CanceledBy is null => this with { Cancels = 1, CanceledBy = cancel.By, CancelReason = cancel.Reason },
        CancelRequested => this with { Cancels = Cancels + 1 },
        RunTimeoutReached => this with { TimedOut = true },
        StepSkipped skipped => With(skipped.Step, step => step with { Status = StepStatus.Skipped, Error = skipped.Reason, Ended = skipped.At, RetryDue = null, Held = null, RetryAsked = false }),
        AttemptIntended intended => With(intended.Step, step => step with
        {
            Status = StepStatus.Running,
            RetryDue = null,
            RetryAsked = false,
            BeganAfterStop = IsStopping,
            ResultMessage = null,
            Attempts = [.. step.Attempts, new(intended.Attempt, intended.WorkerName, intended.At, null, null, null, null, null) { Worker = intended.Worker }],
        }),
        AttemptEnded ended => With(ended.Step, step => step with
        {
            Attempts = [.. step.Attempts.Take(ended.Attempt - 1), step.Attempts[ended.Attempt - 1] with
            {
                Ended = ended.At, Outcome = ended.Outcome, ExitCode = ended.ExitCode, Error = ended.Error, Receipt = ended.Receipt,
            }],
        }),
        RetryScheduled retry => With(retry.Step, step => step with { RetryDue = retry.Due }),
        ChildRunCreated child => With(child.Step, step => step with { Child = child.Child }),
        StepEnded ended => With(ended.Step, step => step with
        {
            Status = ended.Status, Error = ended.Error, Ended = ended.At, RetryDue = null, Held = null, RetryAsked = false,
        }),
        FailureHeld held => With(held.Step, step => step with { Status = StepStatus.Running, Held = new(held.Status, held.Error), RetryDue = null }),
        InterruptionRaised raised => this with { Interruptions = Interruptions.Add(new(raised)), NeedsDraw = true },
        InterruptionAnswered answered => WithInterruption(answered.Number, interruption => interruption with { Answer = answered }).Hear(answered),
        InterruptionEnded over => WithInterruption(over.Number, interruption => interruption with { IsEnded = true }),
        OutputVariableSet output => this with { Outputs = Outputs.SetItem(OutputKey.Of(output), output) },
        ResultMessageSet result => With(result.Step, step => step with { ResultMessage = result.Message }),
        SecretRegistered registered => this with { Secrets = Secrets.Add(registered.Sealed) },
        ArtifactAnnounced announced => this with { Artifacts = Artifacts.Add(new(announced)) },
        ArtifactCollected collected => this with
        {
            Artifacts = [.. Artifacts.Select(artifact => artifact.Announced.Number == collected.Number ? artifact with { Collected = collected } : artifact)],
        },
        TargetExcluded excluded => this with { Excluded = Excluded.SetItem(excluded.Target, excluded.Reason) },
        RunEnded ended => this with { Final = ended.Status, Cause = ended.Cause },
        _ => this,
    };

    private RunState Hear(InterruptionAnswered answered)
        => answered.Answer != InterruptionAnswer.Retry ? this
            : With(Interruptions[answered.Number - 1].Number, step => step with { Held = null, RetryAsked = true });

    private RunState WithInterruption(int number, Func<InterruptionState, InterruptionState> change)
        => this with { Interruptions = Interruptions.SetItem(number - 1, change(Interruptions[number - 1])) };

    // A step is under way as soon as one of its parts is.
    private RunState With(int number, Func<StepState, StepState> change)
    {
        if (number <= Steps.Length)
        {
            return this with { Steps = Steps.SetItem(number - 1, change(Step(number))) };
        }

        StepState part = change(Step(number));
        RunState changed = this with { Parts = Parts.SetItem(number - Steps.Length - 1, part) };
        return Step(part.Of).Status != StepStatus.Pending ? changed
            : changed with { Steps = Steps.SetItem(part.Of - 1, Step(part.Of) with { Status = StepStatus.Running }) };
    }
}
