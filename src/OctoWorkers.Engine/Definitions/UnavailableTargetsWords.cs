namespace OctoWorkers.Engine.Definitions;

/// <summary>How people write what becomes of a run when deployment targets are not healthy.</summary>
public static class UnavailableTargetsWords
{
    /// <summary>The words, each with its meaning.</summary>
    public static IReadOnlyList<(string Word, UnavailableTargets Meaning)> All { get; } =
        [("fail", UnavailableTargets.Fail), ("skip", UnavailableTargets.Skip), ("default", UnavailableTargets.Default)];

    /// <summary>The word for a mode; null for the default.</summary>
    /// <param name="mode">The mode.</param>
    public static string? Of(UnavailableTargets mode) => mode switch
    {
        UnavailableTargets.Fail => "fail",
        UnavailableTargets.Skip => "skip",
        _ => null,
    };

    /// <summary>The mode that a word means, whatever its case.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    public static UnavailableTargets Read(string word)
    {
        foreach ((string known, UnavailableTargets meaning) in All)
        {
            if (known.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        throw new OctoWorkersException(EngineError.InvalidArgument, $"Unavailable deployment targets fail a run or are skipped: say fail, skip or default, not {FoundText.Quote(word)}.", word);
    }
}
