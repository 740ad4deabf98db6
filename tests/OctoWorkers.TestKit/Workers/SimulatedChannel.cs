using System.Runtime.CompilerServices;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;

namespace OctoWorkers.TestKit.Workers;

/// <summary>A connection to a simulated worker.</summary>
internal sealed class SimulatedChannel(SimulatedWorker worker, SimulatedWire wire, ProcessLife life) : IWorkerChannel
{
    private const int PieceSize = 24;

    private static readonly WorkerGreeting Hello = new(
        "simulated", "Linux", "x86_64", "nowhere", "nobody", TerminationMeans.ControlGroup, new Dictionary<string, string> { ["bash"] = "/bin/bash", ["sh"] = "/bin/sh" });

    private readonly CancellationTokenSource broken = new();
    private readonly SemaphoreSlim turns = new(1);

    public WorkerGreeting Greeting => Hello;

    public IPackageCache Packages => new SimulatedPackageCache(this, worker);

    public CancellationToken Broken => broken.Token;

    /// <summary>Whoever waits for an answer is told; not by the thread that breaks it.</summary>
    public void Break() => _ = broken.CancelAsync();

    public Task<RunOnWorker> EnterRunAsync(string run, long fencingToken, long knownUnder, CancellationToken cancellationToken)
        => CallAsync(() => worker.Enter(run, fencingToken, knownUnder), cancellationToken);

    public Task<StartResult> StartAsync(AttemptStart start, CancellationToken cancellationToken) => CallAsync(() => worker.Start(start), cancellationToken);

    public async IAsyncEnumerable<AttemptSignal> FollowAsync(string ticket, OutputOffsets from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (long output, long error) = (from.Out, from.Error);
        while (true)
        {
            (byte[] all, byte[] errors, TicketState state, int? exitCode, Task changed) = await CallAsync(() => worker.Read(ticket), cancellationToken).ConfigureAwait(false);
            if (output < all.Length)
            {
                int size = (int)Math.Min(PieceSize, all.Length - output);
                yield return new OutputRead(OutputKind.Out, output, all.AsMemory((int)output, size));
                output += size;
            }
            else if (error < errors.Length)
            {
                int size = (int)Math.Min(PieceSize, errors.Length - error);
                yield return new OutputRead(OutputKind.Error, error, errors.AsMemory((int)error, size));
                error += size;
            }
            else if (state != TicketState.Running)
            {
                yield return new AttemptExited(exitCode, OutputHeldOpen: false);
                yield break;
            }
            else
            {
                await WaitAsync(changed, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task<TerminationReceipt> TerminateAsync(string run, string ticket, TimeSpan grace, CancellationToken cancellationToken)
        => CallAsync(() => worker.Terminate(run, ticket), cancellationToken);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(
        string run, string ticket, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CallAsync(() => true, cancellationToken).ConfigureAwait(false);
        throw new OctoWorkersException(EngineError.ArtifactNotFound, $"Worker '{worker.Name}' has no file '{path}'.", path);
#pragma warning disable CS0162 // What makes it an iterator.
        yield break;
#pragma warning restore CS0162
    }

    public Task RemoveRunAsync(string run, CancellationToken cancellationToken)
        => CallAsync(
            () =>
            {
                worker.Remove(run);
                return true;
            },
            cancellationToken);

    public ValueTask DisposeAsync()
    {
        wire.Remove(this);
        Break();
        return ValueTask.CompletedTask;
    }

    /// <summary>Asks the worker: over a connection that breaks it may have done what it was asked for or not.</summary>
    internal Task<T> CallAsync<T>(Func<T> ask, CancellationToken cancellationToken) => life.CallAsync(async () =>
    {
        // One after the other, as commands come through a pipe.
        Task turn = turns.WaitAsync(cancellationToken);
        await turn.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            return await AskAsync(ask, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    });

    private async Task<T> AskAsync<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        await WaitAsync(wire.Answers, cancellationToken).ConfigureAwait(false);
        bool? cut = wire.Count();
        if (cut == false)
        {
            wire.Cut();
            throw Lost();
        }

        T answer = life.HasEnded ? throw Lost() : ask();
        if (cut == true)
        {
            wire.Cut();
        }

        return broken.IsCancellationRequested ? throw Lost() : answer;
    }

    private async Task WaitAsync(Task what, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(broken.Token, cancellationToken);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            await what.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Lost();
        }
    }

    private OctoWorkersException Lost() => new(EngineError.WorkerUnavailable, $"The connection to worker '{worker.Name}' broke.", worker.Name);
}
