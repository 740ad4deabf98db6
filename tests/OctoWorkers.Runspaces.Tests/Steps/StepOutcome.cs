namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>What a step wrote and how it ended.</summary>
/// <param name="Out">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="ExitCode">Its exit code; null: none.</param>
internal sealed record StepOutcome(string Out, string Error, int? ExitCode);
