using System.Management.Automation;
using OctoWorkers.PowerShell.Following;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Jobs;

/// <summary>A run as a job of the session: what <c>Invoke-Runbook</c> writes is in its streams. Stopping it cancels the run.</summary>
public sealed class RunbookJob : EngineJob
{
    private readonly EngineSession session;
    private readonly Func<CancellationToken, Task<RunRecord>> start;
    private volatile string status = "";

    internal RunbookJob(EngineSession session, string runbook, string command, Func<CancellationToken, Task<RunRecord>> start)
        : base(session.Home, command, runbook)
    {
        this.session = session;
        this.start = start;
    }

    /// <summary>The run; null until it was created.</summary>
    public RunId? Run { get; private set; }

    /// <inheritdoc/>
    public override string Location => Environment.MachineName;

    /// <inheritdoc/>
    public override string StatusMessage => status;

    private protected override async Task<JobState> WorkAsync(CancellationToken stopped)
    {
        RunRecord run = await start(stopped).ConfigureAwait(false);
        Run = run.Id;
        status = run.Id.ToString();
        await RunFollower.FollowOrCancelAsync(session, new JobPipelineWriter(this), run, () => StopReason, stopped).ConfigureAwait(false);
        return Error.Count == 0 ? JobState.Completed : JobState.Failed;
    }
}
