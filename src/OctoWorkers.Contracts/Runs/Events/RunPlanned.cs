namespace OctoWorkers;

/// <summary>Workers were chosen; also written when they are chosen again.</summary>
/// <param name="Plan">The plan, for the steps that it names.</param>
public sealed record RunPlanned(RunPlan Plan) : RunEvent;
