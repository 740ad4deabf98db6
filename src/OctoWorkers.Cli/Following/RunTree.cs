using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Cli.Following;

/// <summary>A run and all runs that its steps start, each followed from when it appears.</summary>
/// <param name="store">Knows the runs.</param>
/// <param name="follow">Follows one of them until it has ended.</param>
internal sealed class RunTree(IRunStore store, Func<RunRecord, CancellationToken, Task> follow)
{
    private readonly List<RunRecord> runs = [];
    private readonly List<Task> following = [];

    /// <summary>The runs seen so far, in the order in which they were seen; as they stood then.</summary>
    internal IReadOnlyList<RunId> Runs
    {
        get
        {
            lock (runs)
            {
                return [.. runs.Select(run => run.Id)];
            }
        }
    }

    /// <summary>Follows until all have ended.</summary>
    /// <param name="root">The run at the top.</param>
    /// <param name="waitForChange">The store's wait for a change.</param>
    /// <param name="cancellationToken">Stops following.</param>
    internal async Task FollowAsync(RunRecord root, Func<long, CancellationToken, Task<long>> waitForChange, CancellationToken cancellationToken)
    {
        Add(root, cancellationToken);
        long seen = 0;
        bool isOver = false;
        while (!isOver)
        {
            // Whoever has ended has created all its children: looking once more after the last end finds them all.
            bool hadEnded = following.TrueForAll(task => task.IsCompleted);
            isOver = !await AddChildrenAsync(cancellationToken).ConfigureAwait(false) && hadEnded;
            if (!isOver && !hadEnded)
            {
                seen = await ChangeOrEndAsync(seen, waitForChange, cancellationToken).ConfigureAwait(false);
            }
        }

        await Task.WhenAll(following).ConfigureAwait(false);
    }

    private async Task<long> ChangeOrEndAsync(long seen, Func<long, CancellationToken, Task<long>> waitForChange, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<long> change = waitForChange(seen, ended.Token);
        await Task.WhenAny(change, Task.WhenAll(following)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        try
        {
            return await change.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return seen;
        }
    }

    private async Task<bool> AddChildrenAsync(CancellationToken cancellationToken)
    {
        bool isAny = false;
        for (int i = 0; i < runs.Count; i++)
        {
            if (!runs[i].Request.Snapshot.Steps.Any(step => step.Action is RunRunbookAction))
            {
                continue;
            }

            IReadOnlyList<RunSummary> children = await store.GetRunsAsync(new RunFilter { Parent = runs[i].Id }, cancellationToken).ConfigureAwait(false);
            foreach (RunSummary child in children.OrderBy(child => child.Id).Where(child => runs.TrueForAll(run => run.Id != child.Id)))
            {
                Add(await store.GetRunAsync(child.Id, cancellationToken).ConfigureAwait(false), cancellationToken);
                isAny = true;
            }
        }

        return isAny;
    }

    private void Add(RunRecord run, CancellationToken cancellationToken)
    {
        lock (runs)
        {
            runs.Add(run);
        }

        following.Add(follow(run, cancellationToken));
    }
}
