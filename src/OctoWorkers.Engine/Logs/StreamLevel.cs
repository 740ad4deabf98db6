namespace OctoWorkers.Engine.Logs;

/// <summary>How the lines of an output stream are meant, as scripts set it by service messages.</summary>
public enum StreamLevel
{
    /// <summary>As the stream's lines usually are.</summary>
    Default,

    /// <summary>Not kept.</summary>
    Ignore,

    /// <summary>Detail.</summary>
    Verbose,

    /// <summary>Warnings.</summary>
    Warning,

    /// <summary>Errors.</summary>
    Error,

    /// <summary>Worth a look.</summary>
    Highlight,

    /// <summary>Waiting for something.</summary>
    Wait,
}
