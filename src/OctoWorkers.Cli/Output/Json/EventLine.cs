using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>What happens while a run is followed, as JSON lines: each an object with the member <c>type</c>.</summary>
internal static class EventLine
{
    internal static void Started(ResultPrinter printer, RunRecord run) => Write(printer, "run", run, RunJson.Members);

    internal static void Planned(ResultPrinter printer, RunId run, RunPlan plan) => Write(printer, "plan", (run, plan), static (json, planned) =>
    {
        json.Property("run", planned.run.ToString());
        PlanJson.Members(json, planned.plan);
    });

    internal static void Logged(ResultPrinter printer, RunId run, LogLine line)
        => Write(printer, "log", (run, line), static (json, logged) => LogLineJson.Members(json, logged.run, logged.line));

    internal static void Ended(ResultPrinter printer, RunDetails details) => Write(printer, "ended", details, static (json, details) =>
    {
        RunJson.Members(json, details.Run);
        json.Array("steps", details.Steps, StepJson.Write);
    });

    private static void Write<T>(ResultPrinter printer, string type, T value, Action<JsonTextWriter, T> members)
        => printer.Line(json =>
        {
            json.WriteStartObject();
            json.Property("type", type);
            members(json, value);
            json.WriteEndObject();
        });
}
