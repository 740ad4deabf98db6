using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Runs;

/// <summary>Brings the files that an attempt announced from its worker, before the attempt's end is stored.</summary>
/// <param name="collector">Reads and keeps them.</param>
/// <param name="order">The attempt.</param>
/// <param name="log">Its log, which hears of what could not be brought.</param>
internal sealed class AttemptArtifacts(ArtifactCollector collector, AttemptOrder order, AttemptLog log)
{
    private readonly HashSet<int> done = [];

    /// <summary>Collects what was announced and is not there yet.</summary>
    /// <param name="channel">The way to the worker; when it breaks, the same is called again over another one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CollectAsync(IWorkerChannel channel, CancellationToken cancellationToken)
    {
        log.Finish();
        foreach (ArtifactAnnounced announced in order.Announced.Concat(log.Announced).Where(artifact => !done.Contains(artifact.Number)).ToArray())
        {
            IReadOnlyList<ArtifactCollected> collected = await collector.CollectAsync(channel, order.Run, order.Ticket, [announced], cancellationToken).ConfigureAwait(false);
            done.Add(announced.Number);
            foreach (ArtifactCollected one in collected)
            {
                log.Add(one);
                if (one.Error is { } error)
                {
                    log.Say(LogLevel.Warning, error);
                }
            }
        }
    }
}
