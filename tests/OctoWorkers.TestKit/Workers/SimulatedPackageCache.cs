using OctoWorkers.Engine.Transports;

namespace OctoWorkers.TestKit.Workers;

/// <summary>The packages of a simulated worker.</summary>
internal sealed class SimulatedPackageCache(SimulatedChannel channel, SimulatedWorker worker) : IPackageCache
{
    public Task<long?> FindAsync(string? run, string hash, CancellationToken cancellationToken) => channel.CallAsync(() => worker.Find(run, hash), cancellationToken);

    public Task<long> SendAsync(string hash, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => channel.CallAsync(() => worker.Send(hash, offset, bytes), cancellationToken);

    public Task<string?> VerifyAsync(string hash, CancellationToken cancellationToken) => channel.CallAsync(() => worker.Verify(hash), cancellationToken);

    public Task<string?> UnpackAsync(PackageToUnpack package, CancellationToken cancellationToken) => channel.CallAsync(() => worker.Unpack(package), cancellationToken);

    public Task<(long Removed, long Left)> CleanAsync(long mostBytes, TimeSpan oldest, CancellationToken cancellationToken)
        => channel.CallAsync<(long, long)>(() => (0, 0), cancellationToken);
}
