using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Following;

/// <summary>Shows a run as a tree of progress: the run, and below it the steps that run now, with their workers.</summary>
/// <param name="session">The engine.</param>
/// <param name="pipeline">Where it is shown.</param>
/// <param name="run">The run.</param>
internal sealed class RunProgress(EngineSession session, IPipelineWriter pipeline, RunId run)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Nobody sees more than ten of them in a second, and each one reads the run's journal; a run that is over sooner shows none.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<int> shown = [];

    private int Root => (int)(run.Number % 100_000) * 1_000;

    /// <summary>Shows it until the run has ended or the token is cancelled, and takes it away.</summary>
    internal async Task ShowAsync(CancellationToken cancellationToken)
    {
        long seen = 0;
        try
        {
            while (true)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                seen = await session.Store.WaitForChangeAsync(seen, LongestWait, cancellationToken).ConfigureAwait(false);
                RunDetails details = await session.Engine.GetRunDetailsAsync(run, cancellationToken).ConfigureAwait(false);
                if (details.Run.HasEnded)
                {
                    break;
                }

                await ShowAsync(details).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever cancels has seen the end.
        }
    }

    /// <summary>Takes it away.</summary>
    internal async Task CloseAsync()
    {
        foreach (int id in shown)
        {
            await pipeline.WriteProgressAsync(new(id, "Ended", "Ended") { RecordType = ProgressRecordType.Completed }).ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(RunDetails details)
    {
        int ended = details.Steps.Count(step => step.Status is not (StepStatus.Pending or StepStatus.Running));
        string waiting = details.Run.WaitingFor is { } reason ? $", waits for {reason}" : "";
        await WriteAsync(new(Root, $"{details.Run.Request.Snapshot.Name} in {details.Run.Request.Environment.Name}", $"{run}: {details.Run.Status}{waiting}")
        {
            PercentComplete = 100 * ended / Math.Max(1, details.Steps.Count),
        }).ConfigureAwait(false);
        foreach (StepDetails step in details.Steps)
        {
            int id = Root + step.Number;
            if (step.Status == StepStatus.Running)
            {
                await WriteAsync(new(id, step.Name, step.WorkerName is null ? "running" : $"on {step.WorkerName}") { ParentActivityId = Root }).ConfigureAwait(false);
            }
            else if (shown.Remove(id))
            {
                await pipeline.WriteProgressAsync(new(id, step.Name, "Ended") { RecordType = ProgressRecordType.Completed }).ConfigureAwait(false);
            }
        }
    }

    private ValueTask WriteAsync(ProgressRecord progress)
    {
        shown.Add(progress.ActivityId);
        return pipeline.WriteProgressAsync(progress);
    }
}
