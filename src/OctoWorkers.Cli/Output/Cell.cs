namespace OctoWorkers.Cli.Output;

/// <summary>One cell of a table.</summary>
/// <param name="Text">Its text, as it comes from data; it is made safe when it is shown.</param>
/// <param name="Tone">How it is meant.</param>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string? text) => new(string.IsNullOrEmpty(text) ? Words.None : text);

    internal static Cell Of(RunStatus status) => new(status.ToString(), status switch
    {
        RunStatus.Success => Tone.Good,
        RunStatus.Failed or RunStatus.TimedOut => Tone.Bad,
        RunStatus.Canceled or RunStatus.Cancelling => Tone.Warning,
        _ => Tone.Plain,
    });

    internal static Cell Of(StepStatus status) => new(status.ToString(), status switch
    {
        StepStatus.Succeeded => Tone.Good,
        StepStatus.Failed or StepStatus.Unknown => Tone.Bad,
        StepStatus.Canceled => Tone.Warning,
        StepStatus.Skipped => Tone.Faint,
        _ => Tone.Plain,
    });

    internal static Cell Of(HealthStatus status) => new(status.ToString(), status switch
    {
        HealthStatus.Healthy => Tone.Good,
        HealthStatus.HasWarnings => Tone.Warning,
        HealthStatus.Unhealthy or HealthStatus.Unavailable => Tone.Bad,
        _ => Tone.Faint,
    });
}
