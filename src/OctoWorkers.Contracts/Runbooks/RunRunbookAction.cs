using System.Collections.ObjectModel;

namespace OctoWorkers;

/// <summary>Runs another runbook. It names a pool and draws like any step, but runs in the engine.</summary>
/// <param name="Runbook">Name of the runbook to run.</param>
public sealed record RunRunbookAction(string Runbook) : StepAction
{
    /// <summary>Name of the environment to run it in; null: the run's own.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether the step lasts until that run has ended and fails unless it succeeded.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>Values for the variables that the other runbook prompts for, by name; they may hold templates.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
