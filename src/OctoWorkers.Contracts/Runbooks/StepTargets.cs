namespace OctoWorkers;

/// <summary>The deployment targets that a step is about: those of the run's environment that have one of its tags. It runs once for each.</summary>
public sealed record StepTargets
{
    /// <summary>Makes them.</summary>
    /// <param name="tags">Tags of targets, at least one.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/>.</exception>
    public StepTargets(IEnumerable<string> tags)
    {
        Tags = [.. tags.Select(tag => EntityName.Require(tag, "target tag")).Distinct(EntityName.Comparer)];
        if (Tags.Count == 0)
        {
            throw new OctoWorkersException(EngineError.InvalidDefinition, "A step that is about deployment targets names no tag; name at least one.");
        }
    }

    /// <summary>A target that has one of these is meant; never empty.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>Whether the step runs on a worker, on behalf of each target; false: on the targets themselves.</summary>
    public bool OnWorker { get; init; }

    /// <summary>For how many targets it is under way at once at the most; null: as many as <see cref="RunbookDefinition.MaxParallelism"/> allows.</summary>
    public int? Window
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The window of a step's targets is {value}; it must be at least 1.", value);
    }

    /// <summary>Whether it says the same, tag by tag.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(StepTargets? other)
        => other is not null && OnWorker == other.OnWorker && Window == other.Window && Tags.SequenceEqual(other.Tags);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OnWorker, Window, Tags.Count);
}
