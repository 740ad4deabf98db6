using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>A run's priority as people write it.</summary>
internal static class RunPriorityWord
{
    private static readonly string[] Words = ["high", "normal", "low"];

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static RunPriority Read(string word)
        => Array.Exists(Words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase))
            ? Enum.Parse<RunPriority>(word, ignoreCase: true)
            : throw new OctoWorkersException(
                EngineError.InvalidArgument,
                $"There is no priority '{DisplayText.Line(word)}'{(NearestWord.Hint(word, Words) is { Length: > 0 } hint ? hint : $". There are: {string.Join(", ", Words)}.")}",
                word);
}
