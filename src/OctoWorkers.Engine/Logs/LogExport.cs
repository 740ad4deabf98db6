using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using OctoWorkers.Engine.Files;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Engine.Logs;

/// <summary>Writes a run's log to a file, line by line as it is read: a long one takes no more memory than a short one.</summary>
internal sealed class LogExport(RunReader reader, RunId run, LogExportOptions options)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Dictionary<(int Step, int Attempt, string? Target), string> origins = [];

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up; no file is left.</param>
    /// <returns>How many lines were written.</returns>
    internal async Task<long> WriteAsync(string path, CancellationToken cancellationToken)
    {
        long count = 0;
        DraftFile file = DraftFile.Create(path, options.Overwrites, isPrivate: false);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(async stream => count = await WriteAsync(stream, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            await file.KeepAsync().ConfigureAwait(false);
        }

        return count;
    }

    private async Task<long> WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        long count = 0;
        HashSet<(int Step, int Attempt, string? Target)> cut = [];
        StreamWriter writer = new(stream, Utf8, 64 * 1024, leaveOpen: true) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            await foreach (LogLine line in reader.ReadLogAsync(run, options.After, options.Step, options.Follows, static _ => null, cancellationToken).ConfigureAwait(false))
            {
                if (options.Format == LogFormat.JsonLines)
                {
                    WriteJson(writer, line);
                }
                else
                {
                    string origin = await OriginAsync(line, cancellationToken).ConfigureAwait(false);

                    // A '+' says that the line is the rest of one that was cut.
                    bool isRest = cut.Remove((line.Step, line.Attempt, line.Target));
                    if (line.Continues)
                    {
                        cut.Add((line.Step, line.Attempt, line.Target));
                    }

                    await writer.WriteAsync($"{Moment(line.At)} {line.Level,-11} {origin}{(isRest ? '+' : ' ')}{DisplayText.Line(line.Text)}").ConfigureAwait(false);
                }

                await writer.WriteLineAsync().ConfigureAwait(false);
                count++;
            }
        }

        return count;
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // The members of 'octoworkers log --output json'.
    private void WriteJson(StreamWriter writer, LogLine line)
    {
        using JsonTextWriter json = new(writer) { CloseOutput = false, AutoCompleteOnClose = false, Culture = CultureInfo.InvariantCulture };
        json.WriteStartObject();
        Put(json, "type", "log");
        Put(json, "run", run.ToString());
        Put(json, "cursor", line.Cursor);
        Put(json, "step", line.Step);
        if (line.Target is { } target)
        {
            Put(json, "target", target);
        }

        Put(json, "attempt", line.Attempt);
        Put(json, "number", line.Number);
        Put(json, "at", Moment(line.At));
        Put(json, "level", line.Level.ToString());
        Put(json, "text", line.Text);
        Put(json, "continues", line.Continues);
        json.WriteEndObject();
    }

    private static void Put(JsonTextWriter json, string name, object value)
    {
        json.WritePropertyName(name, escape: false);
        json.WriteValue(value);
    }

    // Asked for once per attempt: its worker is known when it writes.
    private async ValueTask<string> OriginAsync(LogLine line, CancellationToken cancellationToken)
    {
        if (line.Step == 0)
        {
            return $"[{run}]";
        }

        if (!origins.TryGetValue((line.Step, line.Attempt, line.Target), out string? origin))
        {
            RunDetails details = await reader.GetDetailsAsync(run, cancellationToken).ConfigureAwait(false);
            StepDetails? step = details.Steps.FirstOrDefault(step => step.Number == line.Step);
            StepTargetDetails? target = line.Target is null ? null : step?.Targets?.FirstOrDefault(target => target.Name == line.Target);
            string? worker = (target is null ? step?.Attempts : target.Attempts)?.FirstOrDefault(attempt => attempt.Number == line.Attempt)?.WorkerName ?? step?.WorkerName;
            string again = line.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $" #{line.Attempt}") : "";
            string name = step?.Name ?? string.Create(CultureInfo.InvariantCulture, $"step {line.Step}");
            origins[(line.Step, line.Attempt, line.Target)] = origin = $"[{DisplayText.Line(name)}{(worker is null ? "" : $" @ {worker}")}{(line.Target is null || line.Target == worker ? "" : $" for {line.Target}")}{again}]";
        }

        return origin;
    }
}
