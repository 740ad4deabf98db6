using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Engine.Transports.Runner;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>A worker reached through PowerShell remoting. Every step has a session of its own, so the channel itself breaks only when no session can be opened any more.</summary>
internal sealed class RunspaceChannel : IWorkerChannel
{
    private readonly SessionWorker _worker;
    private readonly CancellationTokenSource _broken = new();

    internal RunspaceChannel(SessionWorker worker, SessionGreeting greeting)
    {
        _worker = worker;
        Broken = _broken.Token;
        Packages = new SessionPackageCache(worker);
        Greeting = new(
            "powershell", greeting.OperatingSystem, greeting.Machine, greeting.HostName, greeting.User, TerminationMeans.Search,
            new Dictionary<string, string> { ["pwsh"] = greeting.Program })
        {
            Versions = new Dictionary<string, string> { ["pwsh"] = greeting.Version },
        };
    }

    /// <inheritdoc/>
    public WorkerGreeting Greeting { get; }

    /// <inheritdoc/>
    public CancellationToken Broken { get; }

    /// <inheritdoc/>
    public IPackageCache Packages { get; }

    /// <inheritdoc/>
    public Task<RunOnWorker> EnterRunAsync(string run, long fencingToken, long knownUnder, CancellationToken cancellationToken)
    {
        WireText.Name(run, "run");
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfBroken();
        return Task.FromResult(_worker.Runs.Enter(run, fencingToken, knownUnder));
    }

    /// <inheritdoc/>
    public async Task<StartResult> StartAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        WireText.Name(start.Run, "run");
        WireText.Name(start.Ticket, "ticket");
        ThrowIfBroken();
        try
        {
            return await _worker.StartAsync(start, cancellationToken).ConfigureAwait(false);
        }
        catch (OctoWorkersException e) when (e.InnerException is OctoWorkersException { Error: EngineError.WorkerUnavailable })
        {
            // Whoever comes next finds out whether the worker can be reached at all.
            await _broken.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AttemptSignal> FollowAsync(string ticket, OutputOffsets from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_worker.Runs.Find(ticket) is not { } attempt)
        {
            yield return new AttemptExited(null, OutputHeldOpen: false);
            yield break;
        }

        await foreach (AttemptSignal signal in attempt.Output.FollowAsync(from, cancellationToken).ConfigureAwait(false))
        {
            yield return signal;
        }
    }

    /// <inheritdoc/>
    public async Task<TerminationReceipt> TerminateAsync(string run, string ticket, TimeSpan grace, CancellationToken cancellationToken)
    {
        WireText.Name(run, "run");
        WireText.Name(ticket, "ticket");
        return _worker.Runs.FindOrRefuse(run, ticket) is { } attempt
            ? await StepTermination.EndAsync(_worker, attempt, grace, cancellationToken).ConfigureAwait(false)
            : new(TerminationVerdict.NeverStarted, null, [], []);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(string run, string ticket, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WireText.Name(run, "run");
        _worker.Runs.Find(ticket);
        string folder = _worker.FolderOf(await _worker.House.OpenAsync(cancellationToken).ConfigureAwait(false), run, ticket);
        for (long offset = 0; ;)
        {
            IReadOnlyList<PSObject> answer = await _worker.House.InvokeAsync(RemoteScript.File, [folder, path, offset], cancellationToken).ConfigureAwait(false);
            byte[] bytes = answer is [{ BaseObject: byte[] piece }] ? piece : throw NotRead(path, string.Join(' ', answer));
            if (bytes.Length == 0)
            {
                yield break;
            }

            yield return bytes;
            offset += bytes.Length;
        }
    }

    /// <inheritdoc/>
    public Task RemoveRunAsync(string run, CancellationToken cancellationToken)
    {
        WireText.Name(run, "run");
        ThrowIfBroken();
        return _worker.RemoveAsync(run, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_broken.IsCancellationRequested)
        {
            await _broken.CancelAsync().ConfigureAwait(false);
        }
    }

    private void ThrowIfBroken()
    {
        if (_broken.IsCancellationRequested)
        {
            throw new OctoWorkersException(EngineError.WorkerUnavailable, $"The connection to {_worker.Machine.Within} was closed.", _worker.Machine.Name);
        }
    }

    private OctoWorkersException NotRead(string path, string why) => why switch
    {
        "missing" => new(EngineError.ArtifactNotFound, $"There is no file '{path}' on {_worker.Machine.Within}.", path),
        "irregular" => new(EngineError.InvalidArgument, $"'{path}' on {_worker.Machine.Within} is no regular file.", path),
        _ => new(EngineError.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"'{path}' on {_worker.Machine.Within} cannot be read: {why}"), path),
    };
}
