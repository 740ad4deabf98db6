using System.Management.Automation;
using OctoWorkers.Engine.Commands;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Hands results of an input on, several together, and the next ones when these were taken: what is on its way is never more.</summary>
/// <param name="running">The pipeline that they come from, which waits meanwhile.</param>
/// <param name="input">The input.</param>
/// <param name="sink">Takes them.</param>
/// <param name="most">How many are handed on together.</param>
internal sealed class ResultBatch(SessionPipeline running, CommandInput<PSObject?> input, ICommandSink sink, int most)
{
    private List<object?> gathered = [];
    private Task taken = Task.CompletedTask;

    /// <summary>Adds one, and hands all on if they are many.</summary>
    internal ValueTask AddAsync(object? result, CancellationToken cancellationToken)
    {
        gathered.Add(result);
        return gathered.Count < most ? ValueTask.CompletedTask : HandOnAsync(cancellationToken);
    }

    /// <summary>Hands on what there is.</summary>
    internal async ValueTask HandOnAsync(CancellationToken cancellationToken)
    {
        if (gathered.Count == 0)
        {
            return;
        }

        await taken.WaitAsync(cancellationToken).ConfigureAwait(false);
        List<object?> results = gathered;
        gathered = [];
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        taken = written.Task;
        await sink.WriteAsync(input, results, () =>
        {
            running.Taken(results.Count);
            written.TrySetResult();
        }).ConfigureAwait(false);
    }
}
