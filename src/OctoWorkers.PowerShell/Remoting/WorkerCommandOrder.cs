using OctoWorkers.Engine.Commands;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>What a command on workers is to do, and where.</summary>
/// <param name="session">The store and the engine.</param>
/// <param name="script">The script block.</param>
internal sealed class WorkerCommandOrder(EngineSession session, CommandScript script)
{
    /// <summary>The store and the engine.</summary>
    public EngineSession Session => session;

    /// <summary>The script block.</summary>
    public CommandScript Script => script;

    /// <summary>The pool; null: the default one.</summary>
    public string? Pool { get; init; }

    /// <summary>Names or patterns of workers; empty: those of the pool.</summary>
    public IReadOnlyList<string> Workers { get; init; } = [];

    /// <summary>What a worker must have.</summary>
    public IReadOnlyList<CapabilityDemand> Demands { get; init; } = [];

    /// <summary>Whether the order of inputs is kept.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>How long one input may take; null: as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many inputs run at once on one worker.</summary>
    public int LanesPerWorker { get; init; } = 1;

    /// <summary>How inputs are spread.</summary>
    public DispatchOptions Options { get; init; } = new();

    /// <summary>Which variables the workers see; null: none.</summary>
    public CommandScope? Scope { get; init; }

    /// <summary>Asks whether it is to be done, naming the workers as far as nothing is checked for that.</summary>
    public async Task<bool> IsWantedAsync(IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        string place = Workers.Count > 0 ? $"Worker '{string.Join("', '", Workers)}'" : $"Worker pool '{Pool ?? "the default"}'";
        string action = Options.OnEachWorker ? "Run the script block on each worker" : script.HasInput ? "Run the script block for each input" : "Run the script block";
        if (await pipeline.ShouldProcessAsync(place, action).ConfigureAwait(false))
        {
            return true;
        }

        // What would be wrong is found out too.
        await FindWorkersAsync(isPreview: true, pipeline, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>The workers to be used. Of those that were named and may not be used, an error says why.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerPoolNotFound"/>, <see cref="EngineError.NoEligibleWorker"/>.</exception>
    public async Task<IReadOnlyList<WorkerRecord>> FindWorkersAsync(bool isPreview, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (Workers.Count == 0)
        {
            return (await session.Engine.GetEligibleWorkersAsync(new WorkerRequest { Pool = Pool, Demands = Demands }, isPreview, cancellationToken).ConfigureAwait(false)).Workers;
        }

        return await NamedWorkers.FindAsync(session, Workers, Demands, isPreview, pipeline, cancellationToken).ConfigureAwait(false);
    }
}
