using System.Management.Automation;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>The packages of a worker, through a session.</summary>
internal sealed class SessionPackageCache(SessionWorker worker) : IPackageCache
{
    /// <inheritdoc/>
    public async Task<long?> FindAsync(string? run, string hash, CancellationToken cancellationToken)
        => await AskAsync("have", hash, null, null, cancellationToken).ConfigureAwait(false) is [{ BaseObject: long size }, ..] ? size < 0 ? null : size : throw Unexpected("have");

    /// <inheritdoc/>
    public async Task<long> SendAsync(string hash, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => await AskAsync("put", hash, offset, bytes.ToArray(), cancellationToken).ConfigureAwait(false) is [{ BaseObject: long size }, ..] ? size : throw Unexpected("put");

    /// <inheritdoc/>
    public async Task<string?> VerifyAsync(string hash, CancellationToken cancellationToken)
        => await AskAsync("seal", hash, null, null, cancellationToken).ConfigureAwait(false) is [{ BaseObject: string word }, ..] ? word == "ok" ? null : word : throw Unexpected("seal");

    /// <inheritdoc/>
    public async Task<string?> UnpackAsync(PackageToUnpack package, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        if (!worker.Runs.IsFree(package.Run, package.FencingToken, package.Ticket))
        {
            return null;
        }

        SessionGreeting greeting = await worker.House.OpenAsync(cancellationToken).ConfigureAwait(false);
        string folder = worker.FolderOf(greeting, package.Run, package.Ticket);
        if (package.Folder.Length > 0)
        {
            folder += (greeting.OperatingSystem == "Windows" ? "\\" : "/") + package.Folder;
        }

        string answer = string.Join(' ', await AskAsync("unpack", package.Hash, folder, package.Kind, cancellationToken).ConfigureAwait(false));
        return answer.StartsWith("ok ", StringComparison.Ordinal) ? answer[3..]
            : answer == "missing"
                ? throw new OctoWorkersException(EngineError.PackageNotFound, $"{worker.Machine} no longer has a package that it had for run '{package.Run}'.", package.Hash)
                : throw new OctoWorkersException(EngineError.PackageInvalid, $"A package could not be extracted on {worker.Machine.Within}: {answer}", package.Hash);
    }

    /// <inheritdoc/>
    public async Task<(long Removed, long Left)> CleanAsync(long mostBytes, TimeSpan oldest, CancellationToken cancellationToken)
        => await AskAsync("clean", "", mostBytes, (long)oldest.TotalSeconds, cancellationToken).ConfigureAwait(false) is [{ BaseObject: long removed }, { BaseObject: long left }]
            ? (removed, left)
            : throw Unexpected("clean");

    private async Task<IReadOnlyList<PSObject>> AskAsync(string verb, string hash, object? one, object? two, CancellationToken cancellationToken)
    {
        string cache = FolderOf(await worker.House.OpenAsync(cancellationToken).ConfigureAwait(false));
        return await worker.House.InvokeAsync(RemoteScript.Packages, [verb, cache, hash, one, two], cancellationToken).ConfigureAwait(false);
    }

    private OctoWorkersException Unexpected(string verb)
        => new(EngineError.ProtocolViolation, $"{worker.Machine} answered '{verb}' with something that is not the protocol.", worker.Machine.Name);

    private static string FolderOf(SessionGreeting greeting)
        => string.Join(greeting.OperatingSystem == "Windows" ? '\\' : '/', greeting.StateHome, "octoworkers", "powershell-packages");
}
