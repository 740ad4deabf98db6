using System.Globalization;
using Newtonsoft.Json;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Definitions;

/// <summary>Whether what a store holds is what a definition says. Names are compared with case here: a new spelling is a change.</summary>
internal static class SameDefinition
{
    internal static bool Is(EnvironmentRecord stored, EnvironmentDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description;

    internal static bool Is(TenantRecord stored, TenantDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description && stored.Tags.SequenceEqual(wanted.Tags);

    internal static bool Is(VariableSetDefinition stored, VariableSetDefinition wanted)
        => Written(json => VariableJson.Set(json, stored)) == Written(json => VariableJson.Set(json, wanted));

    internal static bool Is(WorkerPoolRecord stored, WorkerPoolDefinition wanted)
        => stored.Name == wanted.Name && stored.Description == wanted.Description && (stored.IsDefault || !wanted.IsDefault);

    internal static bool Is(WorkerRecord stored, WorkerDefinition wanted)
        => stored.Name == wanted.Name
            && stored.Connection == wanted.Connection
            && stored.State == wanted.State
            && new HashSet<string>(stored.Pools, EntityName.Comparer).SetEquals(wanted.Pools)
            && stored.Tags.SequenceEqual(wanted.Tags, StringComparer.Ordinal);

    internal static bool Is(RunbookDefinition stored, RunbookDefinition wanted) => Written(json => Whole(json, stored)) == Written(json => Whole(json, wanted));

    // Everything that defines a runbook is in its JSON form.
    private static void Whole(JsonTextWriter json, RunbookDefinition runbook)
    {
        json.WriteStartObject();
        RunbookJson.Members(json, runbook);
        json.Array("sealed", runbook.Variables.Select(variable => variable.Sealed?.Token ?? ""));
        json.WriteEndObject();
    }

    private static string Written(Action<JsonTextWriter> write)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using JsonTextWriter json = JsonOutput.Open(text, isIndented: false);
        write(json);
        json.Flush();
        return text.ToString();
    }
}
