using System.Text;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>Looks into what is handed over to a script: records, a line each, of a kind and base64 of a name and a value.</summary>
internal static class StepRecords
{
    /// <summary>The variable by which a run keeps one session for its steps on a worker.</summary>
    internal const string KeepSession = "OctoWorkers.PowerShell.KeepSession";

    private const string Variable = "variable";

    /// <summary>Whether the run keeps its session.</summary>
    internal static bool KeepsSession(ReadOnlySpan<byte> input)
    {
        int length = Convert.ToBase64String(Encoding.UTF8.GetBytes(KeepSession)).Length;
        ReadOnlySpan<byte> kind = "variable "u8;
        while (!input.IsEmpty)
        {
            int end = input.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? input : input[..end];
            input = end < 0 ? [] : input[(end + 1)..];
            if (line.StartsWith(kind) && line[kind.Length..] is var rest && rest.IndexOf((byte)' ') == length
                && KeepSession.Equals(Decode(Encoding.ASCII.GetString(rest[..length])), StringComparison.OrdinalIgnoreCase))
            {
                return bool.TryParse(Decode(Encoding.ASCII.GetString(rest[(length + 1)..])), out bool keeps) && keeps;
            }
        }

        return false;
    }

    /// <summary>What is different for a step from the one before it, in records, and in such of the kind <c>gone</c> before them; the script always is.</summary>
    /// <param name="before">The records of the step before.</param>
    /// <param name="now">Those of the step.</param>
    /// <returns>Null where a session has to make anew what it has made of them: there are modules, or the names that are variables of PowerShell's own are others.</returns>
    internal static string? Changes(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        Dictionary<string, string> left = new(StringComparer.Ordinal);
        foreach (string line in LinesOf(before))
        {
            (string kind, string name) = Split(line);
            if (kind == "module")
            {
                return null;
            }

            if (kind == Variable)
            {
                left[name] = line;
            }
        }

        StringBuilder changes = new();
        foreach (string line in LinesOf(now))
        {
            (string kind, string name) = Split(line);
            bool isKnown = left.Remove(name, out string? known) && kind == Variable;
            if (kind == "module" || (kind == Variable && !isKnown && MayBePublished(name)))
            {
                return null;
            }

            if (known != line)
            {
                changes.Append(line).Append('\n');
            }
        }

        return left.Keys.Any(MayBePublished) ? null : string.Concat(left.Keys.Select(name => $"gone {name}\n")) + changes;
    }

    // As Publish-OctopusParameter has it.
    private static bool MayBePublished(string name) => !Decode(name).Contains('[', StringComparison.Ordinal);

    private static string[] LinesOf(ReadOnlySpan<byte> input) => Encoding.ASCII.GetString(input).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static (string Kind, string Name) Split(string line)
    {
        string[] words = line.Split(' ', 3);
        return (words[0], words.Length > 1 ? words[1] : "");
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
