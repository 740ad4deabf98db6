using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output.Json;

/// <summary>Worker pools as JSON.</summary>
internal static class PoolJson
{
    /// <summary>Writes a pool with its workers' names in pool order.</summary>
    internal static void Write(JsonTextWriter json, WorkerPoolRecord pool, IEnumerable<string> workers)
    {
        json.WriteStartObject();
        json.Property("id", pool.Id.ToString());
        json.Property("name", pool.Name);
        json.Property("description", pool.Description);
        json.Property("isDefault", pool.IsDefault);
        json.Property("policy", pool.Policy.ToString());
        json.Property("maxSteps", pool.MaxSteps);
        json.Array("workers", workers);
        json.WriteEndObject();
    }
}
