using System.Globalization;

namespace OctoWorkers;

/// <summary>How ids are written and read.</summary>
internal static class IdText
{
    internal static string Write(string prefix, long number)
        => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");

    internal static bool TryParse(string? text, string prefix, out long number)
    {
        number = 0;
        return text is not null
            && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && long.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0;
    }
}
