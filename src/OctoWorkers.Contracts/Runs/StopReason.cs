namespace OctoWorkers;

/// <summary>Why running work is ended. The first reason given is kept.</summary>
public enum StopReason
{
    /// <summary>Somebody canceled the run.</summary>
    Canceled,
    /// <summary>The step ran longer than it may.</summary>
    StepTimedOut,
    /// <summary>The run took longer than it may.</summary>
    RunTimedOut,
}
