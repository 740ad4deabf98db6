namespace OctoWorkers.Engine.Runs;

/// <summary>What the loop of a run asks of the process that it is in.</summary>
internal interface IRunHost
{
    /// <summary>Drives a run that this process owns.</summary>
    void Adopt(RunRecord run);

    /// <summary>Waits for a task slot.</summary>
    Task TakeSlotAsync(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Gives the task slot back.</summary>
    Task ReleaseSlotAsync(RunRecord run);

    /// <summary>Waits until a run has ended, whoever drives it.</summary>
    Task<RunRecord> WaitForEndAsync(RunId run, CancellationToken cancellationToken);
}
