using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Following;

/// <summary>A run that did not succeed, as an error whose target is the run.</summary>
internal static class RunFailureRecord
{
    /// <summary>The error of a run that has ended; null when it succeeded.</summary>
    internal static ErrorRecord? Of(RunDetails details)
    {
        if (details.Run.Status == RunStatus.Success)
        {
            return null;
        }

        // As the command finds its exit code: what kept a run from being planned says more than that it failed.
        EngineError error = details.Cause ?? (details.Run.Status == RunStatus.Canceled ? EngineError.Canceled : EngineError.RunFailed);
        string why = details.Run.Error is { Length: > 0 } words ? $": {words}" : ".";
        OctoWorkersException exception = new(error, $"Run {details.Run.Id} of '{details.Run.Request.Snapshot.Name}' ended as {details.Run.Status}{why}", details.Run.Id);
        return ErrorRecords.From(exception, details);
    }
}
