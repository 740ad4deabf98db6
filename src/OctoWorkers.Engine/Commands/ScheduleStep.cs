namespace OctoWorkers.Engine.Commands;

/// <summary>What is to be done next.</summary>
/// <param name="Kind">What.</param>
/// <param name="Lane">The lane.</param>
/// <param name="Input">The input's number, for <see cref="ScheduleStepKind.Run"/>.</param>
internal readonly record struct ScheduleStep(ScheduleStepKind Kind, int Lane, long Input = 0);
