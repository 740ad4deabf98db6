using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Logs;

/// <summary>How the lines of an attempt's two streams are meant.</summary>
internal sealed class StreamLevels
{
    public StreamLevel Out { get; set; }

    public StreamLevel Error { get; set; }

    /// <summary>Sets the level that a service message names: <c>stdout-warning</c>.</summary>
    public void Follow(string message)
    {
        StreamLevel level = message[(message.IndexOf('-', StringComparison.Ordinal) + 1)..] switch
        {
            "verbose" or "progress" => StreamLevel.Verbose,
            "warning" => StreamLevel.Warning,
            "error" => StreamLevel.Error,
            "highlight" => StreamLevel.Highlight,
            "wait" => StreamLevel.Wait,
            "ignore" => StreamLevel.Ignore,
            _ => StreamLevel.Default,
        };
        if (message.StartsWith("stdout", StringComparison.Ordinal))
        {
            Out = level;
        }
        else
        {
            Error = level;
        }
    }

    public StreamLevel Of(OutputKind stream) => stream == OutputKind.Out ? Out : Error;

    /// <summary>The level of a stream's lines; null when they are not kept.</summary>
    public LogLevel? LevelOf(OutputKind stream) => Of(stream) switch
    {
        StreamLevel.Ignore => null,
        StreamLevel.Verbose => LogLevel.Verbose,
        StreamLevel.Warning => LogLevel.Warning,
        StreamLevel.Error => LogLevel.Error,
        StreamLevel.Highlight => LogLevel.Highlight,
        StreamLevel.Wait => LogLevel.Wait,
        _ => stream == OutputKind.Out ? LogLevel.Information : LogLevel.Error,
    };
}
