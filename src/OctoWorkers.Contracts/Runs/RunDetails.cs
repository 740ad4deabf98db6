namespace OctoWorkers;

/// <summary>A run with all that its journal says of its steps.</summary>
/// <param name="Run">The run.</param>
/// <param name="Plan">How its workers were chosen, as it stands after every re-draw; null before it was planned.</param>
/// <param name="Steps">Its steps in order.</param>
public sealed record RunDetails(RunRecord Run, RunPlan? Plan, IReadOnlyList<StepDetails> Steps)
{
    /// <summary>Its id: what a record is where there is room for a word.</summary>
    public override string ToString() => Run.Id.ToString();
}
