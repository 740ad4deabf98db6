using System.CommandLine;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>Reads options whose value is a length of time.</summary>
internal static class DurationOption
{
    /// <summary>The time, longer than zero; null when the option is not given.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static TimeSpan? Read(ParseResult result, Option<string?> option)
    {
        if (result.GetValue(option) is not { } text)
        {
            return null;
        }

        string? problem = !DurationText.TryParse(text, out TimeSpan duration, out string? unreadable) ? unreadable
            : duration == TimeSpan.Zero ? "must be longer than zero"
            : null;
        return problem is null ? duration : throw new OctoWorkersException(EngineError.InvalidArgument, $"{option.Name}: {problem}.", text);
    }
}
