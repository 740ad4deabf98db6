using System.Text;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's log says when a process could not drive the run on, for a reason that is not the run's.</summary>
internal static class RunFailureNote
{
    /// <summary>Stores it, without secrets.</summary>
    /// <exception cref="OctoWorkersException">The store's errors; <see cref="EngineError.FencedOut"/> when somebody else drives the run now.</exception>
    public static async Task StoreAsync(RunServices services, RunRecord run, RunFailure failure)
    {
        RunHistory history = await RunHistory.LoadAsync(services.Store, run.Id, CancellationToken.None).ConfigureAwait(false);
        LineBatch note = new(0, 0, history.NextNote) { Level = LogLevel.Warning, At = services.Time.GetUtcNow() };
        string text = $"{services.Machine} (process {Environment.ProcessId}) could not drive the run on: {Reason(services, run, history, failure.Error)}";
        foreach (string line in text.Split('\n'))
        {
            note.AddLine(Encoding.UTF8.GetBytes(line), isCut: false);
        }

        JournalCommit commit = new(run.Id, run.FencingToken) { Log = note.Drain(), At = note.At };
        await services.Store.CommitAsync(commit, CancellationToken.None).ConfigureAwait(false);
    }

    private static string Reason(RunServices services, RunRecord run, RunHistory history, Exception error)
    {
        string kind = error is OctoWorkersException known ? known.Error.ToString() : error.GetType().Name;
        try
        {
            RunSecrets secrets = RunSecrets.Of(run.Request, services.Secrets);
            secrets.AddAll(history.Events);
            return secrets.Mask($"{error.Message} ({kind})");
        }
        catch (OctoWorkersException unreadable)
        {
            // What cannot be read cannot be masked, and this message is of the keys alone.
            return error is OctoWorkersException { Error: EngineError.SecretUnreadable } ? error.Message : $"{kind}, whose message is not shown. {unreadable.Message}";
        }
    }
}
