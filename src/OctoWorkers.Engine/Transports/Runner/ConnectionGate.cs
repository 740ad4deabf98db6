using System.Collections.Concurrent;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// Bounds how many logins are under way at once, per destination and in all: an sshd with its defaults (MaxStartups 10:30:100) begins to
/// drop connections beyond ten.
/// </summary>
internal sealed class ConnectionGate(int perHost, int inAll) : IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _hosts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _all = new(inAll, inAll);

    /// <summary>Waits for a turn. The destination's own turn comes first, so that one busy host does not hold places of others.</summary>
    internal async Task<ConnectionPass> EnterAsync(string destination, CancellationToken cancellationToken)
    {
        SemaphoreSlim host = _hosts.GetOrAdd(destination, _ => new(perHost, perHost));
        await host.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _all.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            host.Release();
            throw;
        }

        return new(host, _all);
    }

    public void Dispose()
    {
        _all.Dispose();
        foreach (SemaphoreSlim host in _hosts.Values)
        {
            host.Dispose();
        }
    }
}
