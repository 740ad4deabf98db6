using System.Globalization;
using System.Management.Automation;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Following;

/// <summary>
/// Puts a run's log lines on PowerShell's streams by their level. What a script wrote to its standard error is no error of the command that runs
/// it: programs write progress there, and <c>-ErrorAction Stop</c> must not end a run for that. Such lines are shown in red on the information
/// stream; the run's failure is the error.
/// </summary>
/// <param name="pipeline">The streams.</param>
/// <param name="names">Names of the steps, by number.</param>
internal sealed class RunLogStreams(IPipelineWriter pipeline, IReadOnlyDictionary<int, string> names)
{
    /// <summary>The first tag of every line of a log on the information stream; the second is the level.</summary>
    internal const string Tag = "OctoWorkers";

    internal ValueTask WriteAsync(LogLine line)
    {
        string origin = names.TryGetValue(line.Step, out string? name) ? name : line.Step.ToString(CultureInfo.InvariantCulture);
        string text = line.Step == 0 ? line.Text : $"[{origin}{(line.Target is { } target ? $" for {target}" : "")}] {line.Text}";
        return line.Level switch
        {
            LogLevel.Verbose => pipeline.WriteVerboseAsync(text),
            LogLevel.Warning => pipeline.WriteWarningAsync(text),
            _ => pipeline.WriteInformationAsync(Shown(text, line.Level), ["PSHOST", Tag, line.Level.ToString()]),
        };
    }

    private static HostInformationMessage Shown(string text, LogLevel level) => level switch
    {
        LogLevel.Error or LogLevel.Fatal => new() { Message = text, ForegroundColor = ConsoleColor.Red },
        LogLevel.Highlight => new() { Message = text, ForegroundColor = ConsoleColor.Cyan },
        LogLevel.Wait => new() { Message = text, ForegroundColor = ConsoleColor.DarkGray },
        _ => new() { Message = text },
    };
}
