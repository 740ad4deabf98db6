namespace OctoWorkers.Runspaces.Steps;

/// <summary>A ticket on a worker: taken once.</summary>
internal sealed class StepTicket
{
    /// <summary>The attempt; null: it has not begun, or never will.</summary>
    internal SessionAttempt? Attempt { get; set; }

    /// <summary>Whether it was terminated before it began.</summary>
    internal bool IsRefused { get; set; }
}
