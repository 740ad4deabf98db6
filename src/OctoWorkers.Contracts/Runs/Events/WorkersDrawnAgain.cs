namespace OctoWorkers;

/// <summary>Workers were drawn for the steps that remain, after an interruption.</summary>
/// <param name="Plan">The plan of those steps; the steps that had ended are in it as skipped.</param>
public sealed record WorkersDrawnAgain(RunPlan Plan) : RunEvent;
