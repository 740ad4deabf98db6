using System.Management.Automation;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookRun;

/// <summary>
/// The names by which runs are listed. A name that is there as it stands is meant so, and runs outlive their runbook and environment, so a name that only runs have is
/// one too; any other name of a runbook may be a wildcard pattern.
/// </summary>
internal sealed class RunFilterNames
{
    private readonly WildcardPattern? pattern;

    private RunFilterNames(string? runbook, string? environment, WildcardPattern? pattern) => (Runbook, Environment, this.pattern) = (runbook, environment, pattern);

    /// <summary>The runbook; null: any, or those of a pattern.</summary>
    internal string? Runbook { get; }

    /// <summary>The environment; null: any.</summary>
    internal string? Environment { get; }

    /// <summary>Whether a run is of a runbook that was meant.</summary>
    internal bool Include(RunSummary run) => pattern?.IsMatch(run.Runbook) ?? true;

    /// <summary>Reads what names mean.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runbook">A runbook's name or a pattern; null: all.</param>
    /// <param name="environment">An environment's name; null: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookNotFound"/>, <see cref="EngineError.EnvironmentNotFound"/>: neither the store nor a run has that name.</exception>
    internal static async Task<RunFilterNames> ReadAsync(IStore store, string? runbook, string? environment, CancellationToken cancellationToken)
    {
        if (environment is not null && !await AreThereAsync(store, new() { Environment = environment, Limit = 1 }, cancellationToken).ConfigureAwait(false))
        {
            Named.Environment(await store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false), environment);
        }

        if (runbook is null || await AreThereAsync(store, new() { Runbook = runbook, Limit = 1 }, cancellationToken).ConfigureAwait(false))
        {
            return new(runbook, environment, null);
        }

        if (WildcardPattern.ContainsWildcardCharacters(runbook))
        {
            return new(null, environment, new(runbook, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant));
        }

        return new(Named.Runbook(await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false), runbook).Definition.Name, environment, null);
    }

    private static async Task<bool> AreThereAsync(IStore store, RunFilter filter, CancellationToken cancellationToken)
        => (await store.GetRunsAsync(filter, cancellationToken).ConfigureAwait(false)).Count > 0;
}
