using System.Globalization;

namespace OctoWorkers;

/// <summary>Identifies one interruption of a run. It is written as <c>Interruptions-7-1</c>: the first of <c>RunbookRuns-7</c>.</summary>
/// <param name="Run">The run that waits.</param>
/// <param name="Number">Its number in the run, from 1.</param>
public readonly record struct InterruptionId(RunId Run, int Number) : IComparable<InterruptionId>
{
    private const string Prefix = "Interruptions-";

    /// <summary>Reads what <see cref="ToString"/> writes, with or without the word before; letter case does not matter.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="id">The id, when the result is true.</param>
    public static bool TryParse(string? text, out InterruptionId id)
    {
        id = default;
        string rest = text is not null && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : text ?? "";
        int dash = rest.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1
            || !long.TryParse(rest.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out long run)
            || !int.TryParse(rest.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || run < 1 || number < 1)
        {
            return false;
        }

        id = new(new(run), number);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(InterruptionId other) => Run == other.Run ? Number.CompareTo(other.Number) : Run.CompareTo(other.Run);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Run.Number}-{Number}");

    /// <summary>Compares by run, then by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(InterruptionId left, InterruptionId right) => left.CompareTo(right) < 0;

    /// <summary>Compares by run, then by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(InterruptionId left, InterruptionId right) => left.CompareTo(right) <= 0;

    /// <summary>Compares by run, then by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(InterruptionId left, InterruptionId right) => left.CompareTo(right) > 0;

    /// <summary>Compares by run, then by number.</summary>
    /// <param name="left">One id.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(InterruptionId left, InterruptionId right) => left.CompareTo(right) >= 0;
}
