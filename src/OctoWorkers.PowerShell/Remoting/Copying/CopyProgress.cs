using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>Shows how far copying has come on one worker.</summary>
/// <param name="pipeline">Where it is shown.</param>
/// <param name="id">Its number among those shown.</param>
/// <param name="worker">The worker's name.</param>
internal sealed class CopyProgress(IPipelineWriter pipeline, int id, string worker)
{
    /// <summary>Nobody sees more of it in a second than five.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private long shown;

    /// <summary>Shows that some of a file has gone.</summary>
    internal async ValueTask ShowAsync(string file, long done, long length)
    {
        long now = TimeProvider.System.GetTimestamp();
        if (shown == 0 || TimeProvider.System.GetElapsedTime(shown, now) >= Pause)
        {
            shown = now;
            await pipeline.WriteProgressAsync(new(id, $"[{worker}] Copying", file) { PercentComplete = length == 0 ? 100 : (int)(100 * done / length) }).ConfigureAwait(false);
        }
    }

    /// <summary>Takes it away.</summary>
    internal ValueTask CloseAsync()
        => shown == 0 ? ValueTask.CompletedTask : pipeline.WriteProgressAsync(new(id, $"[{worker}] Copying", "Ended") { RecordType = ProgressRecordType.Completed });
}
