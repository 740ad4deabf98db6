namespace OctoWorkers;

/// <summary>What somebody did.</summary>
public enum AuditAction
{
    /// <summary>A definition was added.</summary>
    DefinitionAdded,
    /// <summary>A definition was changed, or put anew as it was.</summary>
    DefinitionChanged,
    /// <summary>A definition was removed.</summary>
    DefinitionRemoved,
    /// <summary>A worker was enabled, drained or disabled.</summary>
    WorkerStateChanged,

    /// <summary>A deployment target was enabled or disabled.</summary>
    TargetStateChanged,
    /// <summary>A setting was set, or forgotten.</summary>
    SettingChanged,
    /// <summary>The queue was paused or resumed, or a run's place in it changed.</summary>
    QueueChanged,
    /// <summary>Secrets were encrypted anew with another key.</summary>
    KeyRotated,
    /// <summary>A run was asked for.</summary>
    RunRequested,
    /// <summary>A cancel was asked for.</summary>
    RunCanceled,
    /// <summary>A run was removed.</summary>
    RunRemoved,
    /// <summary>Somebody took responsibility for an interruption.</summary>
    InterruptionTaken,
    /// <summary>Somebody answered an interruption.</summary>
    InterruptionAnswered,
}
