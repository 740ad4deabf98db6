using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Errors that came from workers, as records that name the worker.</summary>
internal static class WorkerErrors
{
    /// <summary>The note that results and errors carry.</summary>
    internal const string NameOfNote = "WorkerName";

    /// <summary>Has a view (OctoWorkers.Format.ps1xml): a line that a program wrote to its standard error.</summary>
    private const string TypeNameOfLine = "OctoWorkers.WorkerErrorLine";

    private const string OwnText = "$__octo";

    private static readonly Regex StackPlace = new(@"^at .*?, (?:<No file>: )?(.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>The record of a failure.</summary>
    internal static ErrorRecord Of(Exception error, string worker, object? target, OutputMask mask) => error switch
    {
        RemoteException { ErrorRecord: { } record } => Of(record, worker, mask),
        OctoWorkersException own => Noted(ErrorRecords.From(Masked(own, mask), mask.Of(target ?? own.Subject)), worker),
        RuntimeException { ErrorRecord: { } record } => Of(record, worker, mask),
        _ => Noted(mask.Of(ErrorRecords.Unexpected(error)), worker),
    };

    /// <summary>A record that a script wrote on a worker. What is shown of it names the worker and the place in the script; where no secret is in it, its exception stays as it came.</summary>
    internal static ErrorRecord Of(ErrorRecord record, string worker, OutputMask mask)
    {
        ErrorRecord kept = mask.Of(record);
        string shown = kept.ErrorDetails?.Message ?? kept.Exception.Message;
        bool isLine = kept.FullyQualifiedErrorId is "NativeCommandError" or "NativeCommandErrorMessage";
        string place = !isLine && PlaceOf(record) is { } found ? mask.Of($" {found}") : "";
        RemotingErrorRecord named = new(kept, new OriginInfo(worker, Guid.Empty));
        named.ErrorDetails = new($"[{worker}] {shown}{place}") { RecommendedAction = kept.ErrorDetails?.RecommendedAction ?? "" };
        if (isLine)
        {
            // PowerShell's own view of it would show the exception's message alone.
            PSObject.AsPSObject(named).TypeNames.Insert(0, TypeNameOfLine);
        }

        return Noted(named, worker);
    }

    /// <summary>
    /// The record without its place where that is in this module. A cmdlet's own place takes its stead; in a job nothing does, and PowerShell would show the line of the module.
    /// </summary>
    internal static ErrorRecord WithoutOwnPlace(ErrorRecord record)
    {
        if (record is not RemotingErrorRecord { OriginInfo: { } origin, InvocationInfo.Line: { } line } || !line.Contains(OwnText, StringComparison.Ordinal))
        {
            return record;
        }

        ErrorCategoryInfo category = record.CategoryInfo;
        ErrorRecord bare = new(record.Exception, record.FullyQualifiedErrorId, category.Category, record.TargetObject) { ErrorDetails = record.ErrorDetails };
        bare.CategoryInfo.Activity = category.Activity;
        bare.CategoryInfo.Reason = category.Reason;
        bare.CategoryInfo.TargetName = category.TargetName;
        bare.CategoryInfo.TargetType = category.TargetType;
        RemotingErrorRecord placeless = new(bare, origin) { ErrorDetails = record.ErrorDetails };
        PSObject.AsPSObject(placeless).Properties.Add(new PSNoteProperty(nameof(ErrorRecord.ScriptStackTrace), record.ScriptStackTrace));
        return Noted(placeless, origin.PSComputerName);
    }

    // What it came from may have the secret too, and goes with it.
    private static OctoWorkersException Masked(OctoWorkersException error, OutputMask mask)
        => mask.Finds(error.ToString()) ? new OctoWorkersException(error.Error, mask.Of(error.Message), mask.Of(error.Subject)) : error;

    // A record that is written again takes the place of the command that writes it: the one in the script would be lost. What Write-Error calls the place is the line
    // of this module that called the script block, which tells nobody anything; then, and for throw, the stack knows.
    private static string? PlaceOf(ErrorRecord record)
    {
        if (record.InvocationInfo is { Line: { Length: > 0 } line } place && !line.Contains(OwnText, StringComparison.Ordinal))
        {
            string file = place.ScriptName is { Length: > 0 } name ? $"{name}:" : "line ";
            return string.Create(CultureInfo.InvariantCulture, $"(at {file}{place.ScriptLineNumber}, char {place.OffsetInLine}: {line.Trim()})");
        }

        return StackPlace.Match(record.ScriptStackTrace ?? "") is { Success: true } top ? $"(at {top.Groups[1].Value})" : null;
    }

    private static ErrorRecord Noted(ErrorRecord record, string worker)
    {
        PSObject.AsPSObject(record).Properties.Add(new PSNoteProperty(NameOfNote, worker));
        return record;
    }
}
