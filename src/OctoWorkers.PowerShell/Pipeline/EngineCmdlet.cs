using System.Management.Automation;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Pipeline;

/// <summary>
/// Base of every cmdlet that awaits the engine once for each input. A derived cmdlet declares parameters and implements
/// <see cref="ProcessAsync"/>; it never touches a thread, a lock or a token source.
/// </summary>
public abstract class EngineCmdlet : PSCmdlet, IDisposable
{
    // The assembly that we compile against predates Cmdlet.PipelineStopToken.
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Whether only what would be done is asked for; read on the pipeline's thread.</summary>
    private protected bool IsWhatIf
        => LanguagePrimitives.IsTrue(MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given : GetVariableValue("WhatIfPreference"));

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Prepare();
        }
        catch (OctoWorkersException e)
        {
            WriteError(ErrorRecords.From(e));
            return;
        }

        PipelinePump.Run(this, RunAsync, stopping.Token);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stopping.Cancel();

    /// <summary>What must happen on the pipeline's thread before the work of an input: running script blocks that were given.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>Does the cmdlet's work for one input.</summary>
    /// <param name="session">The store and the engine.</param>
    /// <param name="pipeline">Where effects go.</param>
    /// <param name="cancellationToken">The pipeline stops.</param>
    protected abstract Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken);

    /// <summary>Releases what waits for a stop.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what waits for a stop.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            stopping.Dispose();
        }
    }

    private protected virtual async Task RunAsync(IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        EngineSession session = await OpenSessions.CurrentAsync(cancellationToken).ConfigureAwait(false);
        await ProcessAsync(session, pipeline, cancellationToken).ConfigureAwait(false);
    }
}
