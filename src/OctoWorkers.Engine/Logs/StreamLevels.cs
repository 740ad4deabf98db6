using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Logs;

/// <summary>How the lines of an attempt's two streams are meant.</summary>
internal sealed class StreamLevels
{
    public StreamLevel Out { get; set; }

    public StreamLevel Error { get; set; }

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
