namespace OctoWorkers;

/// <summary>Another process drives the run from here on.</summary>
/// <param name="By">Which: machine and process id.</param>
public sealed record TakenOver(string By) : RunEvent
{
    /// <summary>The fencing token under which it does; null: it was not noted.</summary>
    public long? FencingToken { get; init; }
}
