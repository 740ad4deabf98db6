using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Errors that came from workers, as records that name the worker.</summary>
internal static class WorkerErrors
{
    /// <summary>The note that results and errors carry.</summary>
    internal const string NameOfNote = "WorkerName";

    private const string OwnText = "$__octo";

    /// <summary>The record of a failure.</summary>
    internal static ErrorRecord Of(Exception error, string worker, object? target, Func<string, string> mask) => error switch
    {
        RemoteException { ErrorRecord: { } record } => Of(record, worker, mask),
        OctoWorkersException own => Noted(ErrorRecords.From(own, target ?? own.Subject), worker),
        RuntimeException { ErrorRecord: { } record } => Of(record, worker, mask),
        _ => Noted(ErrorRecords.Unexpected(error), worker),
    };

    /// <summary>A record that a script wrote on a worker.</summary>
    internal static ErrorRecord Of(ErrorRecord record, string worker, Func<string, string> mask)
    {
        string message = record.ErrorDetails?.Message ?? record.Exception.Message;
        string shown = mask(message);

        // What Write-Error calls the place is the line of this module that called the script block, which tells nobody anything.
        bool isMisplaced = record.InvocationInfo?.Line?.Contains(OwnText, StringComparison.Ordinal) == true;
        ErrorRecord kept = record;
        if (isMisplaced || shown != message)
        {
            Exception exception = shown == message ? record.Exception : new RemoteException(shown);
            kept = new(exception, record.FullyQualifiedErrorId, record.CategoryInfo.Category, record.TargetObject);
            kept.CategoryInfo.Activity = record.CategoryInfo.Activity;
            kept.CategoryInfo.Reason = record.CategoryInfo.Reason;
            kept.CategoryInfo.TargetName = mask(record.CategoryInfo.TargetName ?? "");
            kept.CategoryInfo.TargetType = record.CategoryInfo.TargetType;
        }

        return Noted(new RemotingErrorRecord(kept, new OriginInfo(worker, Guid.Empty)), worker);
    }

    private static ErrorRecord Noted(ErrorRecord record, string worker)
    {
        PSObject.AsPSObject(record).Properties.Add(new PSNoteProperty(NameOfNote, worker));
        return record;
    }
}
