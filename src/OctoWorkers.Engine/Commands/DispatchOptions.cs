namespace OctoWorkers.Engine.Commands;

/// <summary>How inputs are spread over workers.</summary>
public sealed record DispatchOptions
{
    /// <summary>How many lanes may be open at once, over all workers; at least 1.</summary>
    public int ThrottleLimit { get; init; } = int.MaxValue;

    /// <summary>How many lanes each worker may have, in the order of the workers; empty: one each.</summary>
    public IReadOnlyList<int> LanesPerWorker { get; init; } = [];

    /// <summary>Whether each worker gets every input; else each input goes to one worker.</summary>
    public bool OnEachWorker { get; init; }

    /// <summary>How often an input that failed is run again.</summary>
    public int Retries { get; init; }

    /// <summary>How far ahead of the oldest input that has not ended others may be begun; results that wait for their turn are kept for no longer.</summary>
    public int Window { get; init; } = int.MaxValue;
}
