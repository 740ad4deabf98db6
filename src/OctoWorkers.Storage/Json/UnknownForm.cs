namespace OctoWorkers.Storage.Json;

/// <summary>The store holds something that only a newer program can have written.</summary>
internal static class UnknownForm
{
    internal static OctoWorkersException Of(string what, string found)
        => new(EngineError.StoreTooNew, $"The store holds the {what} '{found}', which this program does not know. Use the newer program for it.", found);
}
