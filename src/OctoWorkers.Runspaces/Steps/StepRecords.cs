using System.Text;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>Looks into what is handed over to a script.</summary>
internal static class StepRecords
{
    /// <summary>The variable by which a run keeps one session for its steps on a worker.</summary>
    internal const string KeepSession = "OctoWorkers.PowerShell.KeepSession";

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
                && KeepSession.Equals(Decode(rest[..length]), StringComparison.OrdinalIgnoreCase))
            {
                return bool.TryParse(Decode(rest[(length + 1)..]), out bool keeps) && keeps;
            }
        }

        return false;
    }

    private static string Decode(ReadOnlySpan<byte> base64) => Encoding.UTF8.GetString(Convert.FromBase64String(Encoding.ASCII.GetString(base64)));
}
