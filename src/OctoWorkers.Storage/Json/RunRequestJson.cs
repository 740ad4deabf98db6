using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>What is asked for when a run is created.</summary>
internal static class RunRequestJson
{
    internal static string Write(RunRequest request) => JsonText.Write(request, Write);

    internal static RunRequest Read(string text)
        => KnownTexts<RunRequest>.Read(text, static unknown => JsonText.Read(unknown, "the request of a run", Read));

    private static void Write(JsonTextWriter json, RunRequest request)
    {
        json.WriteStartObject();
        json.Put("runbook", request.Runbook.Number);
        json.Put("snapshot", request.Snapshot, RunbookJson.Write);
        json.Put("environment", request.Environment, WriteEnvironment);
        json.Put("createdBy", request.CreatedBy);
        json.Put("token", request.Token);
        json.Put("parent", request.Parent?.Number);
        json.Put("parentStep", request.ParentStep);
        json.Put("parentWaits", request.ParentWaits);
        json.Put("depth", request.Depth);
        json.Put("rerunOf", request.RerunOf?.Number);
        json.Put("priority", request.Priority);
        json.Put("concurrencyTag", request.ConcurrencyTag);
        json.Put("queueExpiry", request.QueueExpiry);
        json.Put("guidedFailure", request.GuidedFailure);
        if (request.UnavailableTargets != UnavailableTargets.Default)
        {
            json.Put("unavailableTargets", request.UnavailableTargets);
        }

        if (request.SucceededTargets.Count > 0)
        {
            json.Put("succeededTargets", request.SucceededTargets, WriteTargets);
        }

        if (request.Unfinished.Count > 0)
        {
            json.Put("unfinished", request.Unfinished, WriteTargets);
        }

        if (request.ExcludedTargets.Count > 0)
        {
            json.PutAll("excludedTargets", request.ExcludedTargets);
        }

        json.Put("skippedSteps", request.SkippedSteps, WriteSkipped);
        json.Put("tenant", request.Tenant, TenantJson.Write);
        json.PutAll("variables", request.Variables, VariableJson.Write);
        json.PutAll("variableSets", request.VariableSets, VariableSetJson.WriteRecord);
        json.PutAll("modules", request.Modules, ScriptModuleJson.Write);
        if (request.PackageVersions.Count > 0)
        {
            json.PutAll("packageVersions", request.PackageVersions, PackageReferenceJson.Write);
        }

        json.PutAll("outputs", request.Outputs, OutputVariableJson.WriteWhole);
        json.WriteEndObject();
    }

    private static RunRequest Read(JToken json)
        => new(new(json.Number("runbook")), json.Required("snapshot", RunbookJson.Read), json.Required("environment", ReadEnvironment))
        {
            CreatedBy = json.OptionalText("createdBy") ?? "",
            Token = json.OptionalText("token"),
            Parent = json.OptionalNumber("parent") is { } parent ? new RunId(parent) : null,
            ParentStep = json.OptionalInt("parentStep"),
            ParentWaits = json.Flag("parentWaits"),
            Depth = json.OptionalInt("depth") ?? 0,
            RerunOf = json.OptionalNumber("rerunOf") is { } rerun ? new RunId(rerun) : null,
            Priority = json.OptionalText("priority") is { } priority ? EnumText<RunPriority>.Read(priority) : RunPriority.Normal,
            ConcurrencyTag = json.OptionalText("concurrencyTag"),
            QueueExpiry = json.OptionalDuration("queueExpiry"),
            GuidedFailure = json.Flag("guidedFailure"),
            UnavailableTargets = json.OptionalText("unavailableTargets") is { } unavailable ? EnumText<UnavailableTargets>.Read(unavailable) : UnavailableTargets.Default,
            SucceededTargets = json.Optional("succeededTargets", ReadTargets) ?? new Dictionary<int, IReadOnlyList<string>>(),
            Unfinished = json.Optional("unfinished", ReadTargets) ?? new Dictionary<int, IReadOnlyList<string>>(),
            ExcludedTargets = json.Texts("excludedTargets"),
            SkippedSteps = json.Optional("skippedSteps", ReadSkipped) ?? new Dictionary<int, string>(),
            Tenant = json.Optional("tenant", TenantJson.Read),
            Variables = json.All("variables", VariableJson.Read),
            VariableSets = json.All("variableSets", VariableSetJson.ReadRecord),
            Modules = json.All("modules", ScriptModuleJson.Read),
            PackageVersions = json.All("packageVersions", PackageReferenceJson.Read),
            Outputs = json.All("outputs", OutputVariableJson.ReadWhole),
        };

    private static void WriteEnvironment(JsonTextWriter json, EnvironmentRecord environment)
    {
        json.WriteStartObject();
        json.Put("id", environment.Id.Number);
        json.Put("name", environment.Name);
        json.Put("description", environment.Description);
        json.Put("guidedFailure", environment.GuidedFailure);
        json.WriteEndObject();
    }

    private static EnvironmentRecord ReadEnvironment(JToken json)
        => new(new(json.Number("id")), json.Text("name"), json.OptionalText("description") ?? "")
        {
            GuidedFailure = json.OptionalText("guidedFailure") is { } guided ? EnumText<GuidedFailureMode>.Read(guided) : GuidedFailureMode.Default,
        };

    private static void WriteTargets(JsonTextWriter json, IReadOnlyDictionary<int, IReadOnlyList<string>> targets)
    {
        json.WriteStartObject();
        foreach ((int step, IReadOnlyList<string> names) in targets)
        {
            json.PutAll(step.ToString(CultureInfo.InvariantCulture), names);
        }

        json.WriteEndObject();
    }

    private static Dictionary<int, IReadOnlyList<string>> ReadTargets(JToken json)
        => json.Object().Properties().ToDictionary(property => int.Parse(property.Name, CultureInfo.InvariantCulture), property => json.Texts(property.Name));

    private static void WriteSkipped(JsonTextWriter json, IReadOnlyDictionary<int, string> skipped)
    {
        json.WriteStartObject();
        foreach ((int step, string reason) in skipped)
        {
            json.Put(step.ToString(CultureInfo.InvariantCulture), reason);
        }

        json.WriteEndObject();
    }

    private static Dictionary<int, string> ReadSkipped(JToken json)
        => json.Object().Properties().ToDictionary(
            property => int.Parse(property.Name, CultureInfo.InvariantCulture), property => property.Value.Value<string>() ?? "");
}
