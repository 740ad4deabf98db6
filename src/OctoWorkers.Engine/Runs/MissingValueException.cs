using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// A runbook asks for a value that was not given. The message says what is missing; how values are given differs between the fronts, so each adds that itself.
/// </summary>
/// <param name="runbook">Name of the runbook.</param>
/// <param name="prompt">What it asks for.</param>
/// <param name="isEmpty">Whether an empty value was given; false: none was.</param>
public sealed class MissingValueException(string runbook, PromptedVariable prompt, bool isEmpty)
    : OctoWorkersException(EngineError.PromptedValueInvalid, Write(runbook, prompt, isEmpty), prompt.Name)
{
    /// <summary>The variable's name.</summary>
    public string Variable { get; } = prompt.Name;

    /// <summary>Whether the value is a secret.</summary>
    public bool IsSecret { get; } = prompt.Control == PromptControl.Sensitive;

    private static string Write(string runbook, PromptedVariable prompt, bool isEmpty)
    {
        string label = prompt.Label is { } shown ? $" ({FoundText.Quote(shown)})" : "";
        return $"Runbook '{runbook}' needs a value of variable {FoundText.Quote(prompt.Name)}{label}, and {(isEmpty ? "an empty one" : "none")} was given.";
    }
}
