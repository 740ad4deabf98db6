using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>Requests to a script on a worker, and its answers, in order.</summary>
/// <param name="session">The session.</param>
/// <param name="script">The name of the script.</param>
internal sealed class SessionDialogue(CommandSession session, string script) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SessionPipeline pipeline = session.Start(RemoteScript.Read(script), new Hashtable());

    /// <summary>Whether it has ended by itself, once it is disposed of.</summary>
    internal bool HasEndedByItself { get; private set; }

    /// <summary>The worker's name.</summary>
    internal string Worker => session.Worker;

    /// <summary>Sends a request without waiting for its answer.</summary>
    internal void Send(object request) => pipeline.Send(request);

    /// <summary>The next answer.</summary>
    /// <param name="subject">What it is about, for messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException">
    /// What the worker says that went wrong: <see cref="EngineError.PathNotFound"/>, <see cref="EngineError.InvalidArgument"/> or <see cref="EngineError.WorkerUnusable"/>;
    /// <see cref="EngineError.WorkerUnavailable"/> when the session is gone.
    /// </exception>
    internal async Task<PSObject> ReceiveAsync(string subject, CancellationToken cancellationToken)
    {
        await foreach (SessionRecord record in pipeline.Records.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (record is { Kind: SessionRecordKind.Output, Value: PSObject answer })
            {
                return StateOf(answer) == "error"
                    ? throw new OctoWorkersException(ErrorOf(answer), $"Worker '{Worker}': '{subject}': {Text(answer, "Message")}", subject)
                    : answer;
            }

            if (record.Kind >= SessionRecordKind.Ended)
            {
                break;
            }
        }

        throw new OctoWorkersException(
            EngineError.WorkerUnavailable, $"Worker '{Worker}': the session ended while '{subject}' was copied. Copy it again: what has arrived is not sent twice.", subject);
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    internal Task<PSObject> AskAsync(Hashtable request, string subject, CancellationToken cancellationToken)
    {
        Send(request);
        return ReceiveAsync(subject, cancellationToken);
    }

    /// <summary>What kind of answer it is; bytes have none.</summary>
    internal static string StateOf(PSObject answer) => answer.BaseObject is byte[] ? "" : Text(answer, "State");

    /// <summary>A value of an answer.</summary>
    internal static string Text(PSObject answer, string name) => Convert.ToString(answer.Properties[name]?.Value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A value of an answer.</summary>
    internal static long Number(PSObject answer, string name) => Convert.ToInt64(answer.Properties[name]?.Value, CultureInfo.InvariantCulture);

    // A worker tells only of these apart from what it lacks.
    private static EngineError ErrorOf(PSObject answer) => Text(answer, "Error") switch
    {
        nameof(EngineError.PathNotFound) => EngineError.PathNotFound,
        nameof(EngineError.InvalidArgument) => EngineError.InvalidArgument,
        _ => EngineError.WorkerUnusable,
    };

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        pipeline.CompleteInput();
        HasEndedByItself = await pipeline.WaitAsync(Patience).ConfigureAwait(false);
        if (!HasEndedByItself)
        {
            await pipeline.StopAsync(Patience).ConfigureAwait(false);
        }

        pipeline.Dispose();
    }
}
