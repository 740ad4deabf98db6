namespace OctoWorkers.Engine.Runs;

/// <summary>What somebody asks for when starting a runbook.</summary>
/// <param name="Runbook">Name of the runbook.</param>
/// <param name="Environment">Name of the environment.</param>
public sealed record NewRun(string Runbook, string Environment)
{
    /// <summary>Whether the driver is to run it; false: this process does, for as long as it lives.</summary>
    public bool Detached { get; init; }

    /// <summary>Names of steps to leave out.</summary>
    public IReadOnlyList<string> SkippedSteps { get; init; } = [];

    /// <summary>Made by the caller, so that asking twice gives the same run; null: never the same.</summary>
    public string? Token { get; init; }
}
