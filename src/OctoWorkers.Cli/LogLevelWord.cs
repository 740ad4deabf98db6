using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>A level of log lines as people write it.</summary>
internal static class LogLevelWord
{
    /// <summary>The words, the least grave level first.</summary>
    internal static IReadOnlyList<string> All { get; } = ["Verbose", "Information", "Wait", "Highlight", "Warning", "Error", "Fatal"];

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static LogLevel Read(string word)
    {
        string? found = All.FirstOrDefault(known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            return Enum.Parse<LogLevel>(found);
        }

        string hint = NearestWord.Hint(word, All);
        throw new OctoWorkersException(
            EngineError.InvalidArgument, $"There is no level '{DisplayText.Line(word)}'{(hint.Length > 0 ? hint : $". There are: {string.Join(", ", All)}.")}", word);
    }
}
