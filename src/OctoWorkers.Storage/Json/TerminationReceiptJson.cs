using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>What a cancel or time-out did on a worker.</summary>
internal static class TerminationReceiptJson
{
    internal static void Write(JsonTextWriter json, TerminationReceipt receipt)
    {
        json.WriteStartObject();
        json.Put("verdict", receipt.Verdict);
        if (receipt.Means is { } means)
        {
            json.Put("means", means);
        }

        json.PutAll("ended", receipt.Ended, WriteProcess);
        json.PutAll("remaining", receipt.Remaining, WriteProcess);
        json.WriteEndObject();
    }

    internal static TerminationReceipt Read(JToken json)
        => new(
            json.Enum<TerminationVerdict>("verdict"),
            json.OptionalText("means") is null ? null : json.Enum<TerminationMeans>("means"),
            json.All("ended", ReadProcess),
            json.All("remaining", ReadProcess));

    private static void WriteProcess(JsonTextWriter json, EndedProcess process)
    {
        json.WriteStartObject();
        json.Put("pid", process.ProcessId);
        json.Put("name", process.Name);
        json.Put("signal", process.Signal);
        json.WriteEndObject();
    }

    private static EndedProcess ReadProcess(JToken json) => new(json.Int("pid"), json.Text("name"), json.Text("signal"));
}
