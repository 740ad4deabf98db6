namespace OctoWorkers;

/// <summary>How a log is written to a file.</summary>
public enum LogFormat
{
    /// <summary>A line of text for each line: time, level, where it comes from, text.</summary>
    Text,

    /// <summary>A JSON object on a line for each line.</summary>
    JsonLines,
}
