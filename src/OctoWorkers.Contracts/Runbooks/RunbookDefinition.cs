namespace OctoWorkers;

/// <summary>Steps that are run together, as somebody defines them.</summary>
public sealed record RunbookDefinition
{
    /// <summary>The default of <see cref="MaxParallelism"/>.</summary>
    public const int DefaultMaxParallelism = 10;

    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="steps">Its steps in order, at least one, with names of their own.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public RunbookDefinition(string name, IEnumerable<StepDefinition> steps)
    {
        Name = EntityName.Require(name, "runbook");
        Steps = [.. steps];
        if (Steps.Count == 0)
        {
            throw new OctoWorkersException(EngineError.InvalidDefinition, $"Runbook '{name}' has no steps; give it at least one.", name);
        }

        HashSet<string> names = new(EntityName.Comparer);
        if (Steps.FirstOrDefault(step => !names.Add(step.Name)) is { } twice)
        {
            throw new OctoWorkersException(
                EngineError.InvalidDefinition, $"Runbook '{name}' has two steps named '{twice.Name}'; give each a name of its own.", name);
        }
    }

    /// <summary>Its name, unique in the store without regard to case.</summary>
    public string Name { get; }

    /// <summary>Its steps in order; never empty. A step's number is its place here, from 1.</summary>
    public IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";

    /// <summary>Names of the environments it may run in; empty: all.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>How many of its steps run at once at the most.</summary>
    public int MaxParallelism
    {
        get;
        init => field = value >= 1
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"maxParallelism is {value}; it must be at least 1.", value);
    } = DefaultMaxParallelism;

    /// <summary>How long a run may take, from its start; null: as long as it likes.</summary>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The time-out {value} is not longer than zero.", value);
    }

    /// <summary>The priority of its runs in the queue; null: that of the run that starts them, or <see cref="RunPriority.Normal"/>.</summary>
    public RunPriority? Priority { get; init; }

    /// <summary>How long a run may stand in the queue before it ends as <see cref="RunStatus.TimedOut"/>; null: as long as it takes.</summary>
    public TimeSpan? QueueExpiry
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The queue expiry {value} is not longer than zero.", value);
    }

    /// <summary>Whether steps that fail ask a person, where the run does not say so.</summary>
    public GuidedFailureMode GuidedFailure { get; init; }

    /// <summary>What becomes of its runs when deployment targets are not healthy, where the run does not say so.</summary>
    public UnavailableTargets UnavailableTargets { get; init; }

    /// <summary>Its own variables.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; init; } = [];

    /// <summary>Names of the variable sets it includes, beside <see cref="VariableSetDefinition.DefaultName"/>.</summary>
    public IReadOnlyList<string> VariableSets { get; init; } = [];

    /// <summary>The variables it asks for when a run is created, in order.</summary>
    public IReadOnlyList<PromptedVariable> Prompts { get; init; } = [];

    /// <summary>Which of its ended runs are kept; null: the environment says so.</summary>
    public RetentionPolicy? Retention { get; init; }

    /// <summary>The same runbook with other steps.</summary>
    /// <param name="steps">Its steps in order, at least one, with names of their own.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public RunbookDefinition WithSteps(IEnumerable<StepDefinition> steps) => new(Name, steps)
    {
        Description = Description,
        Environments = Environments,
        MaxParallelism = MaxParallelism,
        Timeout = Timeout,
        Priority = Priority,
        QueueExpiry = QueueExpiry,
        GuidedFailure = GuidedFailure,
        UnavailableTargets = UnavailableTargets,
        Variables = Variables,
        VariableSets = VariableSets,
        Prompts = Prompts,
        Retention = Retention,
    };
}
