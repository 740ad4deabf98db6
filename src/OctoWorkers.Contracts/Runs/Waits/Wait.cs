namespace OctoWorkers;

/// <summary>Something that a run waits for. Whatever keeps a run from going on is one of these: a slot, a tag, a place, a lock, a package, a person.</summary>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="What">In words, so that they follow "waits for": <c>a task slot (5 of 5 are taken)</c>.</param>
/// <param name="Since">Since when it has been waiting.</param>
/// <param name="Holders">Who has it, in the order in which they got it, at most <see cref="MaxHolders"/>; empty when nobody does, as before a retry.</param>
public sealed record Wait(WaitKind Kind, string What, DateTimeOffset Since, IReadOnlyList<WaitHolder> Holders)
{
    /// <summary>How many holders are named at the most.</summary>
    public const int MaxHolders = 20;

    /// <summary>The number of the step that waits; null when it is the run.</summary>
    public int? Step { get; init; }

    /// <summary>What the part of the step that waits, for a deployment target, is called by in the run's journal; null when there is none.</summary>
    public int? Part { get; init; }

    /// <summary>In words.</summary>
    public override string ToString() => What;

    /// <summary>Several waits in words; null when there is none.</summary>
    /// <param name="waits">The waits.</param>
    public static string? InWords(IReadOnlyList<Wait> waits)
    {
        ArgumentNullException.ThrowIfNull(waits);
        return waits.Count == 0 ? null : string.Join("; ", waits.Select(wait => wait.What).Distinct());
    }

    /// <summary>Whether it says the same, member by member.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Wait? other)
        => other is not null && Kind == other.Kind && What == other.What && Since == other.Since && Step == other.Step && Part == other.Part && Holders.SequenceEqual(other.Holders);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, What, Since, Step);
}
