namespace OctoWorkers.Storage.Tables;

/// <summary>Runs, named in a message.</summary>
internal static class RunNames
{
    internal static string Of(IEnumerable<long> runs) => string.Join(", ", runs.Select(run => new RunId(run)));
}
