namespace OctoWorkers;

/// <summary>Where a run stands (semantics, section 4).</summary>
public enum RunStatus
{
    /// <summary>Waiting for its turn.</summary>
    Queued,
    /// <summary>Under way.</summary>
    Executing,
    /// <summary>Being canceled: work is being ended, and steps that always run may run.</summary>
    Cancelling,
    /// <summary>Ended well.</summary>
    Success,
    /// <summary>Ended because something failed.</summary>
    Failed,
    /// <summary>Ended because somebody canceled it.</summary>
    Canceled,
    /// <summary>Never started before its queue expiry.</summary>
    TimedOut,
}
