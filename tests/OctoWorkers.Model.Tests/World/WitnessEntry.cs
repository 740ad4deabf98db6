using System.Text.Json;

namespace OctoWorkers.Model.Tests.World;

/// <summary>What the witness saw in one transaction of the store.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Run">The run that it is about; null when it is about none.</param>
/// <param name="Data">What was seen.</param>
internal sealed record WitnessEntry(string Kind, long? Run, string Data)
{
    /// <summary>What was seen, read; not for <c>broken</c>, which is a sentence.</summary>
    public JsonElement Seen => JsonDocument.Parse(Data).RootElement;
}
