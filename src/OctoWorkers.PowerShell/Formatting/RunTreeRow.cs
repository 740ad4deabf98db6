namespace OctoWorkers.PowerShell.Formatting;

/// <summary>A step in the tree of a run.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Where it stands; null when that is not known.</param>
internal sealed record RunTreeRow(string Number, string Name, StepStatus? Status)
{
    /// <summary>The worker's name; empty when it has none.</summary>
    internal string Worker { get; init; } = "";

    internal string Took { get; init; } = "";

    /// <summary>Lines below it.</summary>
    internal IEnumerable<string> Below { get; init; } = [];
}
