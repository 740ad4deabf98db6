using OctoWorkers.Engine.Transports;

namespace OctoWorkers.TestKit.Transports;

/// <summary>The package cache behind a <see cref="CuttingChannel"/>.</summary>
internal sealed class CuttingPackageCache(CuttingChannel channel, IPackageCache inner) : IPackageCache
{
    public Task<long?> FindAsync(string? run, string hash, CancellationToken cancellationToken)
        => channel.CallAsync(nameof(FindAsync), token => inner.FindAsync(run, hash, token), cancellationToken);

    public Task<long> SendAsync(string hash, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => channel.CallAsync(nameof(SendAsync), token => inner.SendAsync(hash, offset, bytes, token), cancellationToken);

    public Task<string?> VerifyAsync(string hash, CancellationToken cancellationToken)
        => channel.CallAsync(nameof(VerifyAsync), token => inner.VerifyAsync(hash, token), cancellationToken);

    public Task<string?> UnpackAsync(PackageToUnpack package, CancellationToken cancellationToken)
        => channel.CallAsync(nameof(UnpackAsync), token => inner.UnpackAsync(package, token), cancellationToken);

    public Task<(long Removed, long Left)> CleanAsync(long mostBytes, TimeSpan oldest, CancellationToken cancellationToken)
        => channel.CallAsync(nameof(CleanAsync), token => inner.CleanAsync(mostBytes, oldest, token), cancellationToken);
}
