using System.Runtime.InteropServices;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Signals;

namespace OctoWorkers.Cli.Following;

/// <summary>
/// A run that this process drives while somebody looks on. The first interrupt cancels it (or detaches, as asked), the second leaves what is still to
/// be done to the driver; the end of the terminal detaches, and so does output that cannot be written any more.
/// </summary>
/// <param name="session">The open engine, which drives.</param>
/// <param name="options">How it is followed.</param>
internal sealed class ForegroundRun(EngineSession session, FollowOptions options)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly RunView view = new(session, options);
    private volatile UnwritableOutputException? lost;

    /// <summary>Follows the run to its end.</summary>
    /// <param name="run">The run, driven by this process.</param>
    /// <param name="signals">What the operating system asks for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The command's exit code.</returns>
    /// <exception cref="InterruptedException">It was left to the driver.</exception>
    /// <exception cref="UnwritableOutputException">Nobody can see it any more; it was left to the driver.</exception>
    internal async Task<int> FollowAsync(RunRecord run, SignalQueue signals, CancellationToken cancellationToken)
    {
        using CancellationTokenSource leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        RunTree tree = new(session.Store, (one, _) => ShowAsync(one, leave));
        Task following = options.Recurses ? tree.FollowAsync(run, WaitForChangeAsync, leave.Token) : ShowAsync(run, leave);
        try
        {
            await HearAsync(following, run.Id, tree, signals, leave).ConfigureAwait(false);
        }
        catch (Exception exception) when (lost is not null && exception is OperationCanceledException or UnwritableOutputException)
        {
            await DetachAsync(following, leave).ConfigureAwait(false);
            throw lost!;
        }

        await leave.CancelAsync().ConfigureAwait(false);
        int exitCode = await ConcludeAsync(options.Recurses ? tree.Runs : [run.Id], cancellationToken).ConfigureAwait(false);
        await HandOverAsync(cancellationToken).ConfigureAwait(false);
        return exitCode;
    }

    private async Task ShowAsync(RunRecord run, CancellationTokenSource leave)
    {
        try
        {
            view.Introduce(run);
            await view.FollowAsync(run, leave.Token).ConfigureAwait(false);
        }
        catch (UnwritableOutputException failure)
        {
            // What else is followed cannot be shown either.
            lost = failure;
            await leave.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task<long> WaitForChangeAsync(long seen, CancellationToken cancellationToken)
        => session.Store.WaitForChangeAsync(seen, LongestWait, cancellationToken);

    private async Task HearAsync(Task following, RunId root, RunTree tree, SignalQueue signals, CancellationTokenSource leave)
    {
        bool isCanceling = false;
        while (true)
        {
            Task<PosixSignal> next = signals.NextAsync(leave.Token);
            if (await Task.WhenAny(following, next).ConfigureAwait(false) == following)
            {
                await following.ConfigureAwait(false);
                return;
            }

            PosixSignal signal = await next.ConfigureAwait(false);
            if (isCanceling || options.DetachesOnInterrupt || signal == PosixSignal.SIGHUP)
            {
                await DetachAsync(following, leave).ConfigureAwait(false);
                throw new InterruptedException(signal);
            }

            isCanceling = true;
            view.Notice($"Canceling {root}; press Ctrl+C again to leave that to the background driver.");
            foreach (RunId run in tree.Runs.Count == 0 ? [root] : tree.Runs)
            {
                await session.Engine.CancelRunAsync(run, $"interrupted by {signal}", leave.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task DetachAsync(Task following, CancellationTokenSource leave)
    {
        await leave.CancelAsync().ConfigureAwait(false);
        try
        {
            await following.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or UnwritableOutputException)
        {
            // We stopped it, or that is why we leave.
        }

        await HandOverAsync(CancellationToken.None).ConfigureAwait(false);
        await session.Engine.EnsureDrivenAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunId> left = await session.Engine.HandOverAsync(cancellationToken).ConfigureAwait(false);
        if (left.Count > 0)
        {
            string runs = string.Join(", ", left);
            session.Printer.Notice($"{runs} {(left.Count == 1 ? "goes" : "go")} on in the background; follow with 'octoworkers log {left[0]} --follow'.");
        }
    }

    private async Task<int> ConcludeAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken)
    {
        int exitCode = ExitCodes.Success;
        foreach (RunId run in runs)
        {
            RunDetails details = await session.Engine.GetRunDetailsAsync(run, cancellationToken).ConfigureAwait(false);
            view.Conclude(details);
            exitCode = exitCode == ExitCodes.Success ? ExitCodes.Of(details) : exitCode;
        }

        return exitCode;
    }
}
