using System.Management.Automation;
using System.Management.Automation.Host;
using OctoWorkers.PowerShell.Completion;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Remoting;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Cmdlets.Worker;

/// <summary>Opens an interactive PowerShell session on a worker, until <c>exit</c>.</summary>
[Cmdlet(VerbsCommon.Enter, "Worker")]
public sealed class EnterWorkerCommand : EngineCmdlet
{
    /// <summary>The worker's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkerNameCompleter))]
    public string Name { get; set; } = "";

    /// <inheritdoc/>
    protected override void Prepare()
    {
        if (Host is not IHostSupportsInteractiveSession host || Console.IsInputRedirected || Console.IsOutputRedirected || MyInvocation.CommandOrigin != CommandOrigin.Runspace)
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument, $"Enter-Worker opens a session for somebody who types, and this is a script or a host without a terminal. Use Invoke-WorkerCommand -Worker '{Name}'.", Name);
        }

        if (host.IsRunspacePushed)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, "This session is inside another one already. Leave that by 'exit' first.", Name);
        }
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(EngineSession session, IPipelineWriter pipeline, CancellationToken cancellationToken)
    {
        WorkerRecord worker = (await NamedWorkers.FindAsync(session, [WildcardPattern.Escape(Name)], [], isPreview: true, pipeline, cancellationToken).ConfigureAwait(false))[0];
        CommandSession rented = await CommandSession.OpenAsync(worker, session.Sessions, Host, cancellationToken).ConfigureAwait(false);
        try
        {
            IHostSupportsInteractiveSession host = await pipeline.EnterAsync(rented.Rented.Runspace).ConfigureAwait(false);
            EnteredSession.Watch(host, rented, session.Closings, TimeProvider.System);
        }
        catch
        {
            session.Closings.Add(rented.DisposeAsync().AsTask());
            throw;
        }
    }
}
