using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Log lines as JSON.</summary>
internal static class LogLineJson
{
    internal static void Members(JsonTextWriter json, RunId run, LogLine line)
    {
        json.Property("run", run.ToString());
        json.Property("cursor", line.Cursor);
        json.Property("step", line.Step);
        if (line.Target is { } target)
        {
            json.Property("target", target);
        }

        json.Property("attempt", line.Attempt);
        json.Property("number", line.Number);
        json.Property("at", line.At);
        json.Property("level", line.Level.ToString());
        json.Property("text", line.Text);
        json.Property("continues", line.Continues);
    }
}
