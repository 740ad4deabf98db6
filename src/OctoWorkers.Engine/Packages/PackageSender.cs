using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Engine.Packages;

/// <summary>Sends the bytes of one package to a worker, several pieces at a time, from where an earlier sending was broken off.</summary>
/// <param name="cache">The worker's cache.</param>
/// <param name="worker">The worker's name.</param>
/// <param name="path">The package's file here.</param>
/// <param name="package">The package.</param>
/// <param name="time">The clock.</param>
internal sealed class PackageSender(IPackageCache cache, string worker, string path, PlannedPackage package, TimeProvider time)
{
    private const int PieceSize = 64 * 1024;
    private const int PiecesAtOnce = 16;
    private const int Tries = 3;
    private const long SlowestHashing = 20 * 1024 * 1024;

    /// <summary>How many bytes were sent, also by a sending that broke off.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends what is not there.</summary>
    /// <param name="run">The run that uses it; null: none.</param>
    /// <param name="cancellationToken">Gives up; what has come stays.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.PackageChanged"/>, <see cref="EngineError.PackageNotFound"/>; <see cref="EngineError.WorkerUnavailable"/> when the connection breaks.
    /// </exception>
    public async Task SendAsync(string? run, CancellationToken cancellationToken)
    {
        for (int attempt = 1; await AskAsync(token => cache.FindAsync(run, package.Hash!, token), cancellationToken).ConfigureAwait(false) is { } there; attempt++)
        {
            await SendFromAsync(there, cancellationToken).ConfigureAwait(false);
            TimeSpan patience = WorkerAnswer.Patience + TimeSpan.FromSeconds(package.Size / SlowestHashing);
            string? found = await WorkerAnswer.WithinAsync(worker, patience, time, token => cache.VerifyAsync(package.Hash!, token), cancellationToken).ConfigureAwait(false);
            if (found is not null)
            {
                await BlameAsync(found, attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task SendFromAsync(long from, CancellationToken cancellationToken)
    {
        FileStream file = Open();
        await using (file.ConfigureAwait(false))
        {
            byte[][] pieces = new byte[PiecesAtOnce][];
            Queue<(Task<long> There, long Expected)> sent = new();
            long at = file.Position = Math.Min(from, file.Length);
            try
            {
                for (int piece = 0; ; piece = (piece + 1) % PiecesAtOnce)
                {
                    if (sent.Count == PiecesAtOnce)
                    {
                        at = await HearAsync(sent, file, at).ConfigureAwait(false);
                    }

                    int count = await file.ReadAtLeastAsync(pieces[piece] ??= new byte[PieceSize], PieceSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                    if (count == 0)
                    {
                        while (sent.Count > 0)
                        {
                            at = await HearAsync(sent, file, at).ConfigureAwait(false);
                        }

                        if (file.Position == file.Length)
                        {
                            return;
                        }

                        continue;
                    }

                    long begin = at;
                    Memory<byte> bytes = pieces[piece].AsMemory(0, count);
                    sent.Enqueue((AskAsync(token => cache.SendAsync(package.Hash!, begin, bytes, token), cancellationToken), begin + count));
                    at += count;
                    Sent += count;
                }
            }
            finally
            {
                await Task.WhenAll(sent.Select(Task (one) => one.There)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Somebody else may have sent the same, so that the worker is elsewhere than expected: then all that is under way is waited for, and sending goes on there.
    private static async Task<long> HearAsync(Queue<(Task<long> There, long Expected)> sent, FileStream file, long at)
    {
        (Task<long> answer, long expected) = sent.Dequeue();
        long there = await answer.ConfigureAwait(false);
        if (there == expected)
        {
            return at;
        }

        while (sent.TryDequeue(out (Task<long> There, long Expected) next))
        {
            there = await next.There.ConfigureAwait(false);
        }

        return file.Position = Math.Min(there, file.Length);
    }

    // Either the file here is no longer what was planned, or the bytes were damaged on their way, which is tried again.
    private async Task BlameAsync(string found, int attempt, CancellationToken cancellationToken)
    {
        string here = await PackageHash.OfAsync(path, cancellationToken).ConfigureAwait(false);
        if (here != package.Hash)
        {
            throw new OctoWorkersException(
                EngineError.PackageChanged,
                $"Package {package} of feed '{package.Feed}' has changed since it was chosen: its SHA-256 was {package.Hash} and is {here}. Give what has changed a version of its own.",
                package.PackageId);
        }

        if (attempt >= Tries)
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnusable, $"Package {package} was sent to worker '{worker}' {attempt} times and never arrived whole: its SHA-256 is {package.Hash}, there it was {found}.", worker);
        }
    }

    private FileStream Open()
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.PackageNotFound, $"The file '{path}' of package {package} cannot be read: {e.Message}", package.PackageId, e);
        }
    }

    private Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        => WorkerAnswer.WithinAsync(worker, WorkerAnswer.Patience, time, ask, cancellationToken);
}
