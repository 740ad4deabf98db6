namespace OctoWorkers.PowerShell.Remoting;

/// <summary>What comes from a pipeline on a worker.</summary>
internal enum SessionRecordKind
{
    /// <summary>A result.</summary>
    Output,
    /// <summary>An error record.</summary>
    Error,
    /// <summary>A warning.</summary>
    Warning,
    /// <summary>A verbose message.</summary>
    Verbose,
    /// <summary>A debug message.</summary>
    Debug,
    /// <summary>An information record.</summary>
    Information,
    /// <summary>A progress record.</summary>
    Progress,
    /// <summary>All that belongs to an input has come.</summary>
    Mark,
    /// <summary>The pipeline has ended by itself.</summary>
    Ended,
    /// <summary>The pipeline has failed; the value is the exception.</summary>
    Failed,
    /// <summary>The pipeline was stopped.</summary>
    Stopped,
    /// <summary>The session is gone, and the pipeline with it; the value is the reason, or null.</summary>
    Lost,
}
