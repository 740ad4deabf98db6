using System.Management.Automation;
using System.Threading.Channels;
using OctoWorkers.Engine.Commands;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>A command on workers that runs: finds the workers, opens what they are to see, spreads the inputs.</summary>
/// <param name="order">What is to be done.</param>
/// <param name="pipeline">Where everything goes that comes back.</param>
internal sealed class WorkerCommandRun(WorkerCommandOrder order, IPipelineWriter pipeline)
{
    /// <summary>How many inputs may be begun before the oldest one has ended, for each place on a worker, where results keep the order.</summary>
    private const int AheadPerLane = 8;

    private CommandResults? results;

    /// <summary>What runs now, in words.</summary>
    public string Running => results?.Running ?? "";

    /// <summary>Runs it for all inputs.</summary>
    public async Task RunAsync(ChannelReader<PSObject?> inputs, CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> workers = await order.FindWorkersAsync(isPreview: false, pipeline, cancellationToken).ConfigureAwait(false);
        CommandVariables? variables = order.Scope is null ? null : await order.Session.Engine.OpenVariablesAsync(order.Scope, cancellationToken).ConfigureAwait(false);
        CommandResults taking = results = new(pipeline, order.IsOrdered, order.Script.HasInput, variables is null ? OutputMask.None : new(variables.Mask));
        ICommandWorker<PSObject?>[] places = [.. workers.Select(worker => new CommandWorker(
            worker, order.Session.Sessions, order.Script, variables is null ? null : variables.Of, order.Timeout, taking, order.Session.Closings))];
        int[] lanes = [.. workers.Select(worker => Math.Min(order.LanesPerWorker, worker.MaxSteps ?? int.MaxValue))];
        InputDispatcher<PSObject?> dispatcher = new(
            places, order.Options with { LanesPerWorker = lanes, Window = order.IsOrdered ? AheadPerLane * lanes.Sum() : int.MaxValue }, taking, TimeProvider.System);
        if (!order.IsOrdered)
        {
            await dispatcher.RunAsync(inputs, cancellationToken).ConfigureAwait(false);
            return;
        }

        Task writing = taking.WriteInOrderAsync(cancellationToken);
        try
        {
            await dispatcher.RunAsync(inputs, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            taking.Complete();
            await writing.ConfigureAwait(false);
        }
    }
}
