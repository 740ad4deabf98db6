using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>A run's status as people write it.</summary>
internal static class RunStatusWord
{
    private static readonly string[] Words = [.. Enum.GetNames<RunStatus>()];

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static RunStatus Read(string word)
    {
        string? found = Array.Find(Words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            return Enum.Parse<RunStatus>(found);
        }

        string hint = NearestWord.Hint(word, Words);
        throw new OctoWorkersException(
            EngineError.InvalidArgument,
            $"There is no status '{DisplayText.Line(word)}'{(hint.Length > 0 ? hint : $". There are: {string.Join(", ", Words)}.")}", word);
    }
}
