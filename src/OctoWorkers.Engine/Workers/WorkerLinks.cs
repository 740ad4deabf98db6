using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>This process's links, one a worker. What earlier runs left on a worker that could not be reached is removed at the next contact.</summary>
internal sealed class WorkerLinks(IStore store, IReadOnlyList<IWorkerTransport> transports, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<WorkerId, WorkerLink> links = [];
    private readonly List<WorkerLink> retired = [];

    /// <summary>The link to a worker; a changed connection gets a new one.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.UnsupportedPlatform"/> when no transport can reach it.</exception>
    public WorkerLink To(WorkerRecord worker)
    {
        lock (gate)
        {
            if (links.TryGetValue(worker.Id, out WorkerLink? link) && link.Address.Connection == worker.Connection)
            {
                return link;
            }

            IWorkerTransport transport = transports.FirstOrDefault(candidate => candidate.Supports(worker.Connection))
                ?? throw Unreachable(worker);
            if (link is not null)
            {
                // Attempts that were started over it may still be followed over it.
                retired.Add(link);
            }

            WorkerAddress address = new(store.Key, worker.Id, worker.Name, worker.Connection) { IsTarget = worker.IsTarget };
            return links[worker.Id] = new WorkerLink(address, transport, (channel, token) => CleanAsync(worker.Id, channel, token), time);
        }
    }

    /// <summary>Begins to open the way to a worker that somebody is about to need. One that cannot be reached is found out when it is needed.</summary>
    public void Expect(WorkerRecord worker)
    {
        if (transports.Any(candidate => candidate.Supports(worker.Connection)))
        {
            To(worker).Expect();
        }
    }

    public async ValueTask DisposeAsync()
    {
        WorkerLink[] all;
        lock (gate)
        {
            all = [.. links.Values, .. retired];
            links.Clear();
            retired.Clear();
        }

        await Task.WhenAll(all.Select(link => link.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private static OctoWorkersException Unreachable(WorkerRecord worker) => new(
        EngineError.UnsupportedPlatform,
        worker.Connection is PowerShellConnection
            ? $"{new MachineName(worker.Name, worker.IsTarget)} is reached through PowerShell sessions, and this program cannot open any here. Use it where it can, or reach it by ssh without them."
            : $"{new MachineName(worker.Name, worker.IsTarget)} is reached by '{worker.Connection.Kind}', which does not work on this platform.",
        worker.Name);

    private async Task CleanAsync(WorkerId worker, IWorkerChannel channel, CancellationToken cancellationToken)
    {
        foreach (PendingCleanup cleanup in await store.GetPendingCleanupsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (cleanup.Worker == worker)
            {
                await CleanAsync(cleanup, channel, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // What cannot be removed stays on the list, and does not keep the worker from its work.
    private async Task CleanAsync(PendingCleanup cleanup, IWorkerChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string ticket in cleanup.Tickets)
            {
                await channel.TerminateAsync(cleanup.Run.ToString(), ticket, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            }

            await channel.RemoveRunAsync(cleanup.Run.ToString(), cancellationToken).ConfigureAwait(false);
        }
        catch (OctoWorkersException e) when (e.Error is EngineError.WorkerUnusable or EngineError.ProtocolViolation && !channel.Broken.IsCancellationRequested)
        {
            return;
        }

        await store.ClearPendingCleanupAsync(cleanup, cancellationToken).ConfigureAwait(false);
    }
}
