namespace OctoWorkers;

/// <summary>How a log line is meant.</summary>
public enum LogLevel
{
    /// <summary>Detail.</summary>
    Verbose,
    /// <summary>What a script prints.</summary>
    Information,
    /// <summary>A warning.</summary>
    Warning,
    /// <summary>What a script writes to its standard error.</summary>
    Error,
    /// <summary>Worth a look.</summary>
    Highlight,
    /// <summary>Waiting for something.</summary>
    Wait,
    /// <summary>Why something ended.</summary>
    Fatal,
}
