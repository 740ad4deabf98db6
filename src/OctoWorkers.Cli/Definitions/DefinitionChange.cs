namespace OctoWorkers.Cli.Definitions;

/// <summary>What applying definitions did to one thing.</summary>
/// <param name="Kind">What it is: environment, pool, worker, runbook.</param>
/// <param name="Name">Its name.</param>
/// <param name="Change">What happened to it: added, changed, unchanged.</param>
internal sealed record DefinitionChange(string Kind, string Name, string Change)
{
    internal const string Added = "added";
    internal const string Changed = "changed";
    internal const string Unchanged = "unchanged";
}
