using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OctoWorkers.Engine.Definitions;

/// <summary>
/// Durations as people write them: <c>500ms</c>, <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>, several of these from long to short
/// (<c>1h30m</c>), or <c>00:05:00</c> (hours, minutes, seconds). A bare number is refused: nobody knows its unit.
/// </summary>
public static partial class DurationText
{
    /// <summary>The longest duration there can be: 30 days.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(30);

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration, zero or longer, when the result is true.</param>
    /// <param name="problem">What is wrong with the text and how to write it, when the result is false.</param>
    public static bool TryParse(string text, out TimeSpan duration, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        duration = TimeSpan.Zero;
        problem = null;
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            string number = text.Length > 9 ? "5" : text;
            problem = $"{FoundText.Quote(text)} has no unit; write '{number}s', '{number}m' or '{number}h'";
            return false;
        }

        Match match = Units().Match(text) is { Success: true, Length: > 0 } units ? units : Clock().Match(text);
        if (!match.Success)
        {
            problem = $"{FoundText.Quote(text)} is not a duration; write for example '500ms', '90s', '5m', '1h30m', '2d' or '00:05:00'";
            return false;
        }

        long milliseconds = (Number(match, "d") * 86_400_000) + (Number(match, "h") * 3_600_000) + (Number(match, "m") * 60_000)
            + (Number(match, "s") * 1000) + Number(match, "ms");
        if (milliseconds > Longest.TotalMilliseconds)
        {
            problem = $"{FoundText.Quote(text)} is longer than {Write(Longest)}, the longest duration there can be";
            return false;
        }

        duration = TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    /// <summary>Writes a duration so that <see cref="TryParse"/> reads it again: <c>1h30m</c>. Parts of a millisecond are left out.</summary>
    /// <param name="duration">Zero or longer.</param>
    public static string Write(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        StringBuilder text = new();
        Append(text, duration.Days, "d");
        Append(text, duration.Hours, "h");
        Append(text, duration.Minutes, "m");
        Append(text, duration.Seconds, "s");
        Append(text, duration.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static void Append(StringBuilder text, int number, string unit)
    {
        if (number > 0)
        {
            text.Append(number.ToString(CultureInfo.InvariantCulture)).Append(unit);
        }
    }

    private static long Number(Match match, string group)
        => match.Groups[group] is { Success: true } found ? long.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,9})d)?(?:(?<h>[0-9]{1,9})h)?(?:(?<m>[0-9]{1,9})m)?(?:(?<s>[0-9]{1,9})s)?(?:(?<ms>[0-9]{1,9})ms)?\z")]
    private static partial Regex Units();

    [GeneratedRegex(@"\A(?<h>[0-9]{1,3}):(?<m>[0-5][0-9]):(?<s>[0-5][0-9])\z")]
    private static partial Regex Clock();
}
