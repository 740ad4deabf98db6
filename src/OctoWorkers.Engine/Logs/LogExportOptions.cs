namespace OctoWorkers.Engine.Logs;

/// <summary>What of a log goes to a file, and how.</summary>
public sealed record LogExportOptions
{
    /// <summary>The file's form.</summary>
    public LogFormat Format { get; init; }

    /// <summary>Only lines with a higher cursor; 0: from the beginning.</summary>
    public long After { get; init; }

    /// <summary>Only the step with this number, 0 being the engine itself; null: all.</summary>
    public int? Step { get; init; }

    /// <summary>Whether to go on until the run has ended.</summary>
    public bool Follows { get; init; }

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Overwrites { get; init; }
}
