namespace OctoWorkers;

/// <summary>A run with all that its journal says of its steps.</summary>
/// <param name="Run">The run.</param>
/// <param name="Plan">How its workers were chosen, as it stands after every re-draw; null before it was planned.</param>
/// <param name="Steps">Its steps in order.</param>
public sealed record RunDetails(RunRecord Run, RunPlan? Plan, IReadOnlyList<StepDetails> Steps)
{
    /// <summary>The error that kept the run from being planned; null when nothing did.</summary>
    public EngineError? Cause { get; init; }

    /// <summary>What it waited for people for, and waits for now, oldest first.</summary>
    public IReadOnlyList<Interruption> Interruptions { get; init; } = [];

    /// <summary>Its output variables, in the order of the steps and of their names; of several attempts that set one, the last counts.</summary>
    public IReadOnlyList<OutputVariableSet> Outputs { get; init; } = [];

    /// <summary>What its steps said last of how far they are, in order of the steps.</summary>
    public IReadOnlyList<ProgressReported> Progress { get; init; } = [];

    /// <summary>Its id: what a record is where there is room for a word.</summary>
    public override string ToString() => Run.Id.ToString();
}
