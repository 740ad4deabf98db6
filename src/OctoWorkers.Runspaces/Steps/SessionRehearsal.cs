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

    // The second is the next step of a run that keeps its session: other values, and variables that come and go.
    private static readonly ScriptSource[] Steps =
    [
        new(ScriptSyntax.PowerShell, RemoteScript.Rehearsal) { Variables = VariablesOf("") },
        new(ScriptSyntax.PowerShell, $"1..{Rounds}") { Variables = VariablesOf("[0]") },
        new(ScriptSyntax.PowerShell, "1") { Variables = VariablesOf("[1]") },
    ];

    /// <summary>Does it. A step that fails is no failure of the session, and says so itself when it comes to that.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.OutcomeUnknown"/>: the session broke.</exception>
    internal static async Task RunAsync(MachineName worker, WorkerSession session, CancellationToken cancellationToken)
    {
        Dictionary<string, string> environment = Enumerable.Range(1, Rounds).ToDictionary(number => $"OCTOWORKERS_REHEARSAL{number}", number => $"{number}");

        // One of its own, below many of its own: all are removed as those of a step are.
        string separator = session.Greeting.OperatingSystem == "Windows" ? "\\" : "/";
        string rehearsals = string.Join(separator, session.Greeting.StateHome, "octoworkers", "rehearsals");
        string folder = string.Join(separator, [rehearsals, session.Mark, .. Enumerable.Repeat("r", Rounds)]);
        foreach (ScriptSource step in Steps)
        {
            AttemptStart start = step.Start("rehearsal", 0, "rehearsal") with { Environment = environment };
            SessionAttempt attempt = SessionAttempt.Start(worker, start, new(folder, Rounds + 2), new RentedSession(worker.Name, session, pool: null, SessionUse.Step), static _ => true);
            await foreach (AttemptSignal _ in attempt.Output.FollowAsync(default, cancellationToken).ConfigureAwait(false))
            {
            }

            await attempt.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        await session.EndPipelineAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await RemoteCall.InvokeAsync(session.Runspace, RemoteScript.Forget, [rehearsals], cancellationToken).ConfigureAwait(false);
    }

    private static Dictionary<string, string> VariablesOf(string suffix)
        => Enumerable.Range(1, Rounds).SelectMany(number => (KeyValuePair<string, string>[])
            [
                new($"{(number % 2 == 0 ? "Octopus.Rehearsal" : "OctopusRehearsal")}{number}", $"{number}{suffix}"),
                new($"Octopus.Rehearsal[{suffix}].{number}", "1"),
            ]).ToDictionary();
}
