using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Cli.Signals;

namespace OctoWorkers.Cli.Following;

/// <summary>Starts a run, in the foreground or for the driver.</summary>
internal static class RunStart
{
    /// <summary>Starts the run and follows it, unless it is detached.</summary>
    /// <param name="session">The open engine.</param>
    /// <param name="options">How it is followed.</param>
    /// <param name="isDetached">Whether the driver is to run it.</param>
    /// <param name="start">Creates the run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<int> DoAsync(
        EngineSession session, FollowOptions options, bool isDetached, Func<CancellationToken, Task<RunRecord>> start, CancellationToken cancellationToken)
    {
        if (isDetached)
        {
            RunRecord run = await start(cancellationToken).ConfigureAwait(false);
            await session.Engine.EnsureDrivenAsync(cancellationToken).ConfigureAwait(false);
            string sentence = $"{run.Id} runs in the background; follow it with 'octoworkers log {run.Id} --follow'.";
            try
            {
                session.Printer.One(run, RunJson.Write, sentence);
                await session.Printer.Console.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (UnwritableOutputException)
            {
                session.Printer.Notice(sentence);
                throw;
            }

            return ExitCodes.Success;
        }

        // Heard before the run exists, so that no interrupt finds a run without somebody to look after it.
        using SignalQueue signals = new(session.Context.Signals);
        session.Engine.StartDriving();
        RunRecord driven = await start(cancellationToken).ConfigureAwait(false);
        return await new ForegroundRun(session, options).FollowAsync(driven, signals, cancellationToken).ConfigureAwait(false);
    }
}
