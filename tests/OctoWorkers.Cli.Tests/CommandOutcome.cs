namespace OctoWorkers.Cli.Tests;

/// <summary>What a call of the command gave.</summary>
internal sealed record CommandOutcome(int ExitCode, string Out, string Error);
