using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>A pool's policy as people write it.</summary>
internal static class PoolPolicyWord
{
    private static readonly string[] Words = Enum.GetNames<PoolPolicy>();

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static PoolPolicy Read(string word)
        => Array.Find(Words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<PoolPolicy>(found)
            : throw new OctoWorkersException(
                EngineError.InvalidArgument,
                $"There is no policy '{DisplayText.Line(word)}'{(NearestWord.Hint(word, Words) is { Length: > 0 } hint ? hint : $". There are: {string.Join(", ", Words)}.")}",
                word);
}
