using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>
/// Lets a step of the engine's own go the way of every step through a session that nobody has used: PowerShell compiles there what a step needs when it needs it, which takes a multiple of
/// the time of the step itself. Nothing of it is left that a step could see.
/// </summary>
internal static class SessionRehearsal
{
    // PowerShell compiles a loop when it has gone round it 32 times, in one step or in several: with less than that of each, the steps would be held up by it.
    private const int Rounds = 40;

    private static readonly ScriptSource Step = new(ScriptSyntax.PowerShell, RemoteScript.Rehearsal)
    {
        Variables = Enumerable.Range(1, Rounds).ToDictionary(number => $"{(number % 2 == 0 ? "Octopus.Rehearsal" : "OctopusRehearsal")}{number}", number => $"{number}"),
    };

    /// <summary>Does it. A step that fails is no failure of the session, and says so itself when it comes to that.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.OutcomeUnknown"/>: the session broke.</exception>
    internal static async Task RunAsync(MachineName worker, WorkerSession session, CancellationToken cancellationToken)
    {
        AttemptStart start = Step.Start("rehearsal", 0, "rehearsal") with
        {
            Environment = Enumerable.Range(1, Rounds).ToDictionary(number => $"OCTOWORKERS_REHEARSAL{number}", number => $"{number}"),
        };

        // One of its own, below many of its own: all are removed as those of a step are.
        string separator = session.Greeting.OperatingSystem == "Windows" ? "\\" : "/";
        string rehearsals = string.Join(separator, session.Greeting.StateHome, "octoworkers", "rehearsals");
        string folder = string.Join(separator, [rehearsals, session.Mark, .. Enumerable.Repeat("r", Rounds)]);
        SessionAttempt attempt = SessionAttempt.Start(worker, start, new(folder, Rounds + 2), new RentedSession(worker.Name, session, pool: null, SessionUse.Step), static _ => true);
        await foreach (AttemptSignal _ in attempt.Output.FollowAsync(default, cancellationToken).ConfigureAwait(false))
        {
        }

        await attempt.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        await session.EndPipelineAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await RemoteCall.InvokeAsync(session.Runspace, RemoteScript.Forget, [rehearsals], cancellationToken).ConfigureAwait(false);
    }
}
