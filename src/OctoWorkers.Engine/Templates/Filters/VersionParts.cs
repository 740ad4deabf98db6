namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>
/// A version as people write them: up to four numbers after a <c>v</c> or not, then a pre-release, then metadata after a plus. Anything
/// is a version; what has no number is all pre-release.
/// </summary>
/// <param name="Numbers">Four numbers; 0 for those that are not there.</param>
/// <param name="PreRelease">The pre-release, without what separates it from the numbers.</param>
/// <param name="Metadata">What follows the plus.</param>
internal sealed record VersionParts(IReadOnlyList<string> Numbers, string PreRelease, string Metadata)
{
    /// <summary>The pre-release up to its first separator.</summary>
    internal string PreReleasePrefix => Separator < 0 ? PreRelease : PreRelease[..Separator];

    /// <summary>The pre-release after its first separator.</summary>
    internal string PreReleaseCounter => Separator < 0 ? "" : PreRelease[(Separator + 1)..];

    private int Separator => PreRelease.AsSpan().IndexOfAny('.', '-', '_');

    internal static VersionParts Read(string text)
    {
        string version = text.Trim();
        int plus = version.IndexOf('+', StringComparison.Ordinal);
        string metadata = plus < 0 ? "" : version[(plus + 1)..];
        version = plus < 0 ? version : version[..plus];
        int at = version.Length > 1 && version[0] is 'v' or 'V' && char.IsAsciiDigit(version[1]) ? 1 : 0;
        string[] numbers = ["0", "0", "0", "0"];
        for (int i = 0; i < numbers.Length; i++)
        {
            // A dot belongs to the numbers only if another follows.
            int start = i == 0 ? at : at + 1;
            if (i > 0 && (at >= version.Length || version[at] != '.'))
            {
                break;
            }

            int end = start;
            while (end < version.Length && char.IsAsciiDigit(version[end]))
            {
                end++;
            }

            if (end == start)
            {
                break;
            }

            numbers[i] = version[start..end];
            at = end;
        }

        string rest = version[at..];
        return new(numbers, rest.Length > 0 && rest[0] is '-' or '.' or '_' ? rest[1..] : rest, metadata);
    }
}
