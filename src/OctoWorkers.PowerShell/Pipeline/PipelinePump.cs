using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>Runs work for one input of a cmdlet: on the thread pool, its effects on the pipeline's thread, until it has ended.</summary>
internal static class PipelinePump
{
    private const int PendingEffects = 64;

    /// <summary>How long work that was told to stop is waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal static void Run(PSCmdlet cmdlet, Func<IPipelineWriter, CancellationToken, Task> work, CancellationToken stop)
    {
        PipelineWork running = PipelineWork.Start(cmdlet, PendingEffects, Patience, work, unfinished: null, stop);
        Exception? failure = running.Finish();
        if (failure is OctoWorkersException expected)
        {
            cmdlet.WriteError(ErrorRecords.From(expected));
        }
        else if (failure is not null)
        {
            Throw(cmdlet, failure);
        }
    }

    /// <summary>Ends the pipeline because of a failure that nobody foresaw: a bug, also where it is a cancellation that nobody here asked for.</summary>
    internal static void Throw(PSCmdlet cmdlet, Exception failure)
    {
        if (failure is RuntimeException)
        {
            // What PowerShell itself threw while a question was answered.
            ExceptionDispatchInfo.Throw(failure);
        }

        cmdlet.ThrowTerminatingError(ErrorRecords.Unexpected(failure));
    }
}
