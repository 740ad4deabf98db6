namespace OctoWorkers;

/// <summary>A variable whose value is given when a run is created.</summary>
public sealed record PromptedVariable
{
    /// <summary>Makes one.</summary>
    /// <param name="name">The variable's name.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public PromptedVariable(string name) => Name = VariableDefinition.Text(name, "").Name;

    /// <summary>The variable's name.</summary>
    public string Name { get; }

    /// <summary>What it is called where it is asked for; null: its name.</summary>
    public string? Label { get; init; }

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether a run cannot be created without it, or with an empty one.</summary>
    public bool Required { get; init; }

    /// <summary>How it is asked for.</summary>
    public PromptControl Control { get; init; }

    /// <summary>The choices of a drop-down; a value that is none of them is refused.</summary>
    public IReadOnlyList<PromptOption> Options { get; init; } = [];

    /// <summary>The value when none is given; null: the variable's other values apply.</summary>
    public string? Default { get; init; }
}
