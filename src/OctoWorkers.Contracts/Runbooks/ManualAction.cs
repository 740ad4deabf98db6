namespace OctoWorkers;

/// <summary>Waits for a person: shows instructions, and goes on when somebody says so (semantics, section 4). It runs in the engine and needs no worker.</summary>
/// <param name="Instructions">What the person is to do or to look at: a template.</param>
public sealed record ManualAction(string Instructions) : StepAction
{
    /// <summary>The operating system's users who may answer, each a template; empty: anyone.</summary>
    public IReadOnlyList<string> Responsible { get; init; } = [];
}
