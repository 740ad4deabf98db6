using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>A member of an enumeration as people write it: its name, in whatever case.</summary>
internal static class EnumWord<TEnum>
    where TEnum : struct, Enum
{
    private static readonly string[] Words = Enum.GetNames<TEnum>();

    /// <summary>The words, for a help text.</summary>
    internal static string All => string.Join('|', Words);

    /// <param name="word">What was written.</param>
    /// <param name="what">What it is to be: "policy".</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    internal static TEnum Read(string word, string what)
        => Array.Find(Words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<TEnum>(found)
            : throw new OctoWorkersException(
                EngineError.InvalidArgument,
                $"There is no {what} '{DisplayText.Line(word)}'{(NearestWord.Hint(word, Words) is { Length: > 0 } hint ? hint : $". There are: {string.Join(", ", Words)}.")}",
                word);
}
