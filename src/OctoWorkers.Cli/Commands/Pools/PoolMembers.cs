using Newtonsoft.Json;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Pools;

/// <summary>Pools with the names of their workers.</summary>
/// <param name="workers">All workers.</param>
internal sealed class PoolMembers(IReadOnlyList<WorkerRecord> workers)
{
    private readonly Dictionary<WorkerId, string> names = workers.ToDictionary(worker => worker.Id, worker => worker.Name);

    internal static async Task<PoolMembers> ReadAsync(EngineSession session, CancellationToken cancellationToken)
        => new(await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>The names of a pool's workers in pool order.</summary>
    internal string[] Of(WorkerPoolRecord pool)
        => [.. pool.Members.Select(member => names.GetValueOrDefault(member.Worker) ?? member.Worker.ToString())];

    internal void Write(JsonTextWriter json, WorkerPoolRecord pool) => PoolJson.Write(json, pool, Of(pool));
}
