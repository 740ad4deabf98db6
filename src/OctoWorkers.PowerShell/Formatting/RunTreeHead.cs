namespace OctoWorkers.PowerShell.Formatting;

/// <summary>The first line of the tree of a run.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Runbook">Its runbook's name.</param>
/// <param name="Environment">Its environment's name.</param>
/// <param name="Status">Where it stands.</param>
internal sealed record RunTreeHead(string Id, string Runbook, string Environment, RunStatus Status)
{
    internal string Took { get; init; } = "";

    internal bool HasEnded { get; init; }

    /// <summary>What it waits for; empty: nothing.</summary>
    internal string WaitingFor { get; init; } = "";

    /// <summary>Why it did not succeed; empty when nothing is known.</summary>
    internal string Error { get; init; } = "";

    public override string ToString()
    {
        string time = Took.Length == 0 ? "" : HasEnded ? $" after {Took}" : $" for {Took}";
        string waiting = WaitingFor.Length == 0 ? "" : $", waits for {WaitingFor}";
        string error = Error.Length == 0 ? "" : $": {Error}";
        return $"{Id}  {Runbook} in {Environment}  {StatusText.Run(Status)}{time}{waiting}{error}";
    }
}
