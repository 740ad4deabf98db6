namespace OctoWorkers.Engine.Definitions;

/// <summary>How people write whether failures ask a person.</summary>
public static class GuidedFailureWords
{
    /// <summary>The words, each with its meaning.</summary>
    public static IReadOnlyList<(string Word, GuidedFailureMode Meaning)> All { get; } =
        [("on", GuidedFailureMode.On), ("off", GuidedFailureMode.Off), ("default", GuidedFailureMode.Default)];

    /// <summary>The word for a mode; null for the default.</summary>
    /// <param name="mode">The mode.</param>
    public static string? Of(GuidedFailureMode mode) => mode switch
    {
        GuidedFailureMode.On => "on",
        GuidedFailureMode.Off => "off",
        _ => null,
    };

    /// <summary>The mode that a word means, whatever its case.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    public static GuidedFailureMode Read(string word)
    {
        foreach ((string known, GuidedFailureMode meaning) in All)
        {
            if (known.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        throw new OctoWorkersException(EngineError.InvalidArgument, $"Guided failure is on, off or default, not {FoundText.Quote(word)}.", word);
    }
}
