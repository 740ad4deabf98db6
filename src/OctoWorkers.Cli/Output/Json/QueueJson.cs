using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>The queue as JSON.</summary>
internal static class QueueJson
{
    internal static void Write(JsonTextWriter json, QueueState queue)
    {
        json.WriteStartObject();
        json.WritePropertyName("pause");
        if (queue.Pause is { } pause)
        {
            Write(json, pause);
        }
        else
        {
            json.WriteNull();
        }

        json.Array("runs", queue.Runs, RunJson.Write);
        json.WriteEndObject();
    }

    internal static void Write(JsonTextWriter json, QueuePause pause)
    {
        json.WriteStartObject();
        json.Property("by", pause.By);
        json.Property("reason", pause.Reason);
        json.Property("since", pause.Since);
        json.WriteEndObject();
    }

    /// <summary>The run that was asked about, and the runs that it waits for.</summary>
    internal static void Why(JsonTextWriter json, IReadOnlyList<RunRecord> chain)
    {
        json.WriteStartObject();
        Members(json, chain[0]);
        json.Array("others", chain.Skip(1), static (json, run) =>
        {
            json.WriteStartObject();
            Members(json, run);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Members(JsonTextWriter json, RunRecord run)
    {
        json.Property("id", run.Id.ToString());
        json.Property("status", run.Status.ToString());
        json.Array("waits", run.Waits, WaitJson.Write);
    }
}
