using System.Globalization;
using System.Security.Cryptography;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Steps;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Makes a session that has just been opened ready for its use, and hears what it is.</summary>
internal static class SessionWarmUp
{
    private static readonly Version Oldest = new(7, 4);

    /// <summary>Makes it ready; when it cannot, it is closed.</summary>
    /// <param name="worker">The worker's name.</param>
    /// <param name="opened">The session.</param>
    /// <param name="use">Its use.</param>
    /// <param name="closed">Called when it is closed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnusable"/>: its PowerShell is too old.</exception>
    /// <exception cref="OpeningGivenUpException">It was given up, and what leads to it was ended.</exception>
    internal static async Task<WorkerSession> RunAsync(MachineName worker, OpenedRunspace opened, SessionUse use, Action closed, CancellationToken cancellationToken)
    {
        string mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        WorkerSession? session = null;

        // What does not answer does not answer to that either.
        using CancellationTokenRegistration abort = cancellationToken.UnsafeRegister(static opened => ((OpenedRunspace)opened!).Abort?.Invoke(), opened);
        try
        {
            SessionGreeting greeting = Read(
                worker, [.. (await RemoteCall.InvokeAsync(opened.Remote, RemoteScript.Greeting, [], cancellationToken).ConfigureAwait(false)).Select(word => word.ToString())]);
            session = new(worker.Name, opened, greeting, mark, closed);
            if (use == SessionUse.Step)
            {
                await RemoteCall.InvokeAsync(opened.Remote, RemoteScript.Session, [mark, RemoteScript.Watch, RemoteScript.End], cancellationToken).ConfigureAwait(false);
                session.OpenPipeline();
                await SessionRehearsal.RunAsync(worker, session, cancellationToken).ConfigureAwait(false);
                session.OpenPipeline();
            }
            else if (use == SessionUse.Command)
            {
                await session.LookAsync(cancellationToken).ConfigureAwait(false);
            }

            return session;
        }
        catch (Exception failure)
        {
            if (session is null)
            {
                await opened.CloseAsync().ConfigureAwait(false);
                closed();
            }
            else
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }

            // Which of both came first, the session's end or that nobody waits for it any more, is chance.
            if (cancellationToken.IsCancellationRequested)
            {
                throw new OpeningGivenUpException(OpeningSilence.After(session?.Greeting), failure as OperationCanceledException ?? new(failure.Message, failure, cancellationToken));
            }

            throw;
        }
    }

    /// <summary>Reads what a session says of itself.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.WorkerUnusable"/>: it is none, or too old.</exception>
    internal static SessionGreeting Read(MachineName worker, IReadOnlyList<string> words)
    {
        if (words.Count != 11 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int process))
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnusable, $"{worker}: its PowerShell does not say what it is, but '{string.Join(' ', words)}'. Its language mode may be restricted.", worker.Name);
        }

        // 7.5.0-preview.1 is 7.5.0 here.
        return Version.TryParse(words[0].Split('-')[0], out Version? version) && version >= Oldest
            ? new(words[0], process, words[2], words[3], words[4], words[5], words[6]) {
                StateHome = words[7],
                Room = new((int)Math.Clamp(NumberOf(words[8]), 1, int.MaxValue), NumberOf(words[9])),
                CompilesLate = words[10] == "late",
            }
            : throw new OctoWorkersException(
                EngineError.WorkerUnusable, $"{worker} has PowerShell {words[0]}, and sessions need {Oldest} or later. Install a newer one, and let the subsystem or endpoint name it.", worker.Name);
    }

    private static long NumberOf(string word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
