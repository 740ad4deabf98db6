using System.Collections;
using System.Management.Automation;
using OctoWorkers.Engine.Commands;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>A worker on which a command runs: opens sessions there, and gives each what the script block is to find.</summary>
/// <param name="worker">The worker.</param>
/// <param name="sessions">Opens sessions.</param>
/// <param name="script">The command.</param>
/// <param name="variables">What is <c>$OctopusParameters</c> there; null: nothing.</param>
/// <param name="timeout">How long one input may take; null: as long as it takes.</param>
/// <param name="sink">Takes results.</param>
/// <param name="closings">Closes sessions.</param>
internal sealed class CommandWorker(
    WorkerRecord worker, IWorkerSessions sessions, CommandScript script, Func<WorkerRecord, IReadOnlyDictionary<string, string>>? variables, TimeSpan? timeout, ICommandSink sink, SessionClosings closings)
    : ICommandWorker<PSObject?>
{
    public string Name => worker.Name;

    public async Task<ICommandLane<PSObject?>> OpenAsync(CancellationToken cancellationToken)
    {
        Hashtable? known = variables is null ? null : new(variables(worker).ToDictionary());
        CommandSession session = await CommandSession.OpenAsync(worker, sessions, script.NeedsUnused, cancellationToken).ConfigureAwait(false);
        try
        {
            bool isPrepared = known is not null || script.Functions.Count > 0 || script.Modules.Count > 0;
            string? folder = isPrepared ? await PrepareAsync(session, known, cancellationToken).ConfigureAwait(false) : null;
            return new CommandLane(session, script, folder, mayBeUsedAgain: !isPrepared && !script.MayLeaveTraces, timeout, sink, closings, TimeProvider.System);
        }
        catch
        {
            closings.Add(session.DisposeAsync().AsTask());
            throw;
        }
    }

    private async Task<string?> PrepareAsync(CommandSession session, Hashtable? known, CancellationToken cancellationToken)
    {
        using SessionPipeline preparing = session.Start(
            RemoteScript.Read("prepare"), new Hashtable { ["Variables"] = known, ["Functions"] = script.Functions, ["Modules"] = script.Modules.ToArray() });
        preparing.CompleteInput();
        string? folder = null;
        await foreach (SessionRecord record in preparing.Records.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            switch (record)
            {
                case { Kind: SessionRecordKind.Output, Value: PSObject { BaseObject: string text } }:
                    folder = text;
                    break;
                case { Kind: SessionRecordKind.Failed or SessionRecordKind.Lost or SessionRecordKind.Stopped }:
                    string why = (record.Value as Exception)?.Message ?? "The session ended.";
                    throw new OctoWorkersException(
                        EngineError.WorkerUnusable, $"Worker '{worker.Name}': the functions, modules and variables of the command could not be set up. {why}", worker.Name, record.Value as Exception);
                default:
                    break;
            }
        }

        return folder;
    }
}
