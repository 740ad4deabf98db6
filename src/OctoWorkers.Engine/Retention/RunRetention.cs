using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Retention;

/// <summary>
/// Removes ended runs that are not to be kept (semantics, section 4, Retention). A runbook's own policy comes before its environment's; an environment that is no
/// longer defined has the default. The runs of a family go from the store in one transaction, then their files: what a crash leaves in between are files
/// without a run, which are removed the next time.
/// </summary>
internal sealed class RunRetention(IStore store, IArtifactStore artifacts, TimeProvider time)
{
    // Whoever waits for a run does not wait long for older ones to go; the driver does the rest.
    private const int MostAtEnd = 20;

    /// <summary>All runs that are not kept, oldest first within a kind.</summary>
    public async Task<IReadOnlyList<ExpiredRun>> FindAsync(CancellationToken cancellationToken)
    {
        StoredDefinitions definitions = await store.GetDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        List<ExpiredRun> found = [];
        foreach (RunKind kind in await store.GetRunKindsAsync(cancellationToken).ConfigureAwait(false))
        {
            RetentionPolicy policy = PolicyOf(kind, definitions.Runbooks, definitions.Environments);
            found.AddRange(await store.FindExpiredRunsAsync(kind, policy, time.GetUtcNow(), int.MaxValue, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>Removes a run and those that its steps created, with their logs and artifacts.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidRunState"/> when one of them has not ended: none was removed.</exception>
    public async Task RemoveAsync(ExpiredRun expired, CancellationToken cancellationToken)
    {
        await store.RemoveRunsAsync([expired.Run, .. expired.Children], cancellationToken).ConfigureAwait(false);
        artifacts.RemoveRun(expired.Run);
        foreach (RunId child in expired.Children)
        {
            artifacts.RemoveRun(child);
        }
    }

    /// <summary>Removes all that is not kept, and files of runs that are gone.</summary>
    /// <returns>What was removed.</returns>
    public async Task<IReadOnlyList<ExpiredRun>> ApplyAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ExpiredRun> found = await FindAsync(cancellationToken).ConfigureAwait(false);
        foreach (ExpiredRun expired in found)
        {
            await RemoveAsync(expired, cancellationToken).ConfigureAwait(false);
        }

        await SweepFilesAsync(cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Removes older runs of the kind of one that has just ended, some at a time.</summary>
    /// <returns>Whether there may be more of them.</returns>
    public async Task<bool> ApplyAfterAsync(RunRecord ended, CancellationToken cancellationToken)
    {
        RunKind kind = new(ended.Request.Snapshot.Name, ended.Request.Environment.Name);
        RetentionPolicy policy = PolicyOf(
            kind,
            await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false),
            await store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false));
        IReadOnlyList<ExpiredRun> found = await store
            .FindExpiredRunsAsync(kind, policy, time.GetUtcNow(), MostAtEnd, cancellationToken).ConfigureAwait(false);

        // Asked for together, they share a transaction.
        await Task.WhenAll(found.Select(expired => RemoveAsync(expired, cancellationToken))).ConfigureAwait(false);
        return found.Count == MostAtEnd;
    }

    private static RetentionPolicy PolicyOf(RunKind kind, IReadOnlyList<RunbookRecord> runbooks, IReadOnlyList<EnvironmentRecord> environments)
        => runbooks.FirstOrDefault(runbook => EntityName.Comparer.Equals(runbook.Definition.Name, kind.Runbook))?.Definition.Retention
            ?? environments.FirstOrDefault(environment => EntityName.Comparer.Equals(environment.Name, kind.Environment))?.Retention
            ?? RetentionPolicy.Default;

    // Files are listed before the runs are: a run that is created meanwhile has no file in the list.
    private async Task SweepFilesAsync(CancellationToken cancellationToken)
    {
        HashSet<RunId> withFiles = [.. artifacts.List().Select(file => file.Run)];
        if (withFiles.Count > 0)
        {
            withFiles.ExceptWith((await store.GetRunsAsync(new RunFilter(), cancellationToken).ConfigureAwait(false)).Select(run => run.Id));
            foreach (RunId gone in withFiles)
            {
                artifacts.RemoveRun(gone);
            }
        }
    }
}
