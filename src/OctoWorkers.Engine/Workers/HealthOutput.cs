using System.Globalization;
using System.Text;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Workers;

/// <summary>The output of a health script: its lines have levels as those of steps have, and the first warnings and errors become the message.</summary>
internal sealed class HealthOutput
{
    private const int MostLines = 10;
    private const int LongestLine = 300;

    private readonly LineBatch lines = new(1, 1, 1);
    private readonly StreamLines output;
    private readonly StreamLines error;
    private readonly List<string> warnings = [];
    private readonly List<string> errors = [];
    private long warningCount;
    private long errorCount;

    internal HealthOutput(ISecretProtector protector)
    {
        StreamLevels levels = new();
        RunSecrets secrets = new(protector);
        HealthMessages messages = new(levels, secrets);
        output = new(OutputKind.Out, default, levels, secrets, messages, lines);
        error = new(OutputKind.Error, default, levels, secrets, messages, lines);
    }

    /// <summary>Takes what the script wrote; of much of it, little is kept.</summary>
    internal void Take(OutputKind stream, ReadOnlySpan<byte> bytes)
    {
        (stream == OutputKind.Out ? output : error).Take(bytes);
        Count();
    }

    /// <summary>Takes lines that were not finished.</summary>
    internal void End()
    {
        output.End();
        error.End();
        Count();
    }

    /// <summary>The verdict: a failure or an error makes it unhealthy, a warning is a warning.</summary>
    /// <param name="failure">How the script failed; null when it did not.</param>
    internal HealthVerdict Judge(string? failure)
    {
        HealthStatus status = failure is not null || errorCount > 0 ? HealthStatus.Unhealthy
            : warningCount > 0 ? HealthStatus.HasWarnings
            : HealthStatus.Healthy;
        List<string> shown = [.. failure is null ? [] : new[] { failure }, .. errors, .. warnings];
        long left = errorCount + warningCount - errors.Count - warnings.Count;
        if (left > 0)
        {
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"… and {left} more lines"));
        }

        return new(status, string.Join('\n', shown));
    }

    private void Count()
    {
        foreach (LogChunk chunk in lines.Drain())
        {
            if (chunk.Level is LogLevel.Error or LogLevel.Fatal)
            {
                errorCount += Keep(chunk, errors);
            }
            else if (chunk.Level == LogLevel.Warning)
            {
                warningCount += Keep(chunk, warnings);
            }
        }
    }

    // Empty lines say nothing.
    private static long Keep(LogChunk chunk, List<string> kept)
    {
        long count = 0;
        ReadOnlySpan<byte> rest = chunk.Text.Span;
        while (rest.IndexOf((byte)'\n') is >= 0 and int end)
        {
            ReadOnlySpan<byte> line = rest[..end].Trim((byte)' ');
            rest = rest[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            count++;
            if (kept.Count < MostLines)
            {
                string text = Encoding.UTF8.GetString(line);
                kept.Add(text.Length <= LongestLine ? text : $"{text[..(char.IsHighSurrogate(text[LongestLine - 1]) ? LongestLine - 1 : LongestLine)]}…");
            }
        }

        return count;
    }
}
