namespace OctoWorkers.Engine.Transports;

/// <summary>
/// The packages that a worker keeps, by the SHA-256 of their bytes, for all runs and beyond them. Over a connection that breaks, every call throws
/// <see cref="EngineError.WorkerUnavailable"/>; what has come of a package stays, and the sending goes on from there over the next connection.
/// </summary>
public interface IPackageCache
{
    /// <summary>Whether a package is there; if so, it stays there for as long as the run does.</summary>
    /// <param name="run">The run, entered on this worker before; null: none.</param>
    /// <param name="hash">The SHA-256 in lower-case hexadecimal digits.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null when it is there; otherwise how many of its bytes have come so far.</returns>
    Task<long?> FindAsync(string? run, string hash, CancellationToken cancellationToken);

    /// <summary>Sends bytes of a package.</summary>
    /// <param name="hash">The package.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="bytes">The bytes; not changed before the call has ended.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many of the package's bytes are there now. Unless it is where the bytes end they were not taken, and sending goes on from there.</returns>
    Task<long> SendAsync(string hash, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Verifies a package of which all bytes were sent, and keeps it.</summary>
    /// <param name="hash">The package.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null when it is there now; otherwise the hash that the bytes have, which are forgotten.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnusable"/> when the worker has nothing to verify it with.</exception>
    Task<string?> VerifyAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Extracts a package into the working directory of an attempt that has not begun, or copies it there.</summary>
    /// <param name="package">What, where and for whom.</param>
    /// <param name="cancellationToken">Gives up waiting; the extraction goes on.</param>
    /// <returns>The folder, absolute; null when the attempt has begun already.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.FencedOut"/>; <see cref="EngineError.PackageNotFound"/> when the package is not there for the run;
    /// <see cref="EngineError.PackageInvalid"/> when it could not be extracted: with the words of what tried.
    /// </exception>
    Task<string?> UnpackAsync(PackageToUnpack package, CancellationToken cancellationToken);

    /// <summary>Removes packages that no run uses: those not used for a time, and the longest unused beyond a size.</summary>
    /// <param name="mostBytes">The size.</param>
    /// <param name="oldest">The time.</param>
    /// <param name="cancellationToken">Gives up waiting; the removing goes on.</param>
    /// <returns>How many bytes were removed, and how many are left.</returns>
    Task<(long Removed, long Left)> CleanAsync(long mostBytes, TimeSpan oldest, CancellationToken cancellationToken);
}
