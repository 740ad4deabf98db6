namespace OctoWorkers.PowerShell.Formatting;

/// <summary>States as words, with the colour of good, doubtful and bad ones. For the views of the module.</summary>
public static class StatusText
{
    /// <summary>The health of a worker.</summary>
    /// <param name="status">The health.</param>
    public static string Health(HealthStatus status) => Colors.Paint(status.ToString(), status switch
    {
        HealthStatus.Healthy => Colors.Green,
        HealthStatus.HasWarnings => Colors.Yellow,
        HealthStatus.Unknown => Colors.Grey,
        _ => Colors.Red,
    });

    /// <summary>Whether a worker takes new work.</summary>
    /// <param name="state">The state.</param>
    public static string Worker(WorkerState state) => Colors.Paint(state.ToString(), state == WorkerState.Enabled ? null : Colors.Yellow);

    /// <summary>Where a run stands.</summary>
    /// <param name="status">The state.</param>
    public static string Run(RunStatus status) => Colors.Paint(status.ToString(), status switch
    {
        RunStatus.Success => Colors.Green,
        RunStatus.Failed or RunStatus.TimedOut => Colors.Red,
        RunStatus.Canceled or RunStatus.Cancelling => Colors.Yellow,
        RunStatus.Executing => Colors.Cyan,
        _ => null,
    });

    /// <summary>Where a step stands.</summary>
    /// <param name="status">The state.</param>
    public static string Step(StepStatus status) => Colors.Paint(status.ToString(), status switch
    {
        StepStatus.Succeeded => Colors.Green,
        StepStatus.Failed or StepStatus.Unknown => Colors.Red,
        StepStatus.Canceled => Colors.Yellow,
        StepStatus.Running => Colors.Cyan,
        StepStatus.Skipped or StepStatus.Pending => Colors.Grey,
        _ => null,
    });

    /// <summary>How a log line is meant.</summary>
    /// <param name="level">The level.</param>
    public static string Level(LogLevel level) => Colors.Paint(level.ToString(), level switch
    {
        LogLevel.Error or LogLevel.Fatal => Colors.Red,
        LogLevel.Warning => Colors.Yellow,
        LogLevel.Highlight => Colors.Cyan,
        LogLevel.Verbose or LogLevel.Wait => Colors.Grey,
        _ => null,
    });
}
