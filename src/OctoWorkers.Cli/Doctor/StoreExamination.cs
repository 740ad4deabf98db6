using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli.Doctor;

/// <summary>Looks at an open store and at who drives its runs.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreExamination(IStore store, TimeProvider time)
{
    private const int MostNamed = 5;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    internal async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        List<Finding> findings = [.. await DamageAsync(cancellationToken).ConfigureAwait(false)];
        findings.Add(await LastRunAsync(cancellationToken).ConfigureAwait(false));
        findings.AddRange(await DriversAsync(cancellationToken).ConfigureAwait(false));
        if (await store.GetQueuePauseAsync(cancellationToken).ConfigureAwait(false) is { } pause)
        {
            findings.Add(new(
                "queue", Verdict.Warning, $"It is {pause}, since {Words.Of(pause.Since, time)}: no queued run begins.",
                "'octoworkers queue resume' lets queued runs begin again."));
        }

        findings.AddRange(await DrainsAsync(cancellationToken).ConfigureAwait(false));
        IReadOnlyList<PendingCleanup> cleanups = await store.GetPendingCleanupsAsync(cancellationToken).ConfigureAwait(false);
        if (cleanups.Count > 0)
        {
            findings.Add(new(
                "clean-up", Verdict.Warning, $"{Words.Count(cleanups.Count, "ended run")} left something on workers that could not be reached.",
                "It is removed at the next contact: see which workers below cannot be reached."));
        }

        return findings;
    }

    private async Task<IEnumerable<Finding>> DrainsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerRecord> workers = await store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
        return workers.Where(worker => worker is { Drain: not null, Leases: > 0 } && worker.Drain.Deadline <= time.GetUtcNow())
            .Select(worker => new Finding(
                "drain", Verdict.Warning,
                $"Worker '{worker.Name}' was to be free by {Words.Of(worker.Drain!.Deadline, time)} and has {Words.Count(worker.Leases, "lease")}.",
                "'octoworkers lease list' names the runs: wait for them, or cancel them."));
    }

    private async Task<IReadOnlyList<Finding>> DamageAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> damage = await store.CheckAsync(cancellationToken).ConfigureAwait(false);
        return damage.Count == 0
            ? [Writable() ?? new("store", Verdict.Ok, $"{store.Location} is sound")]
            : [.. damage.Select(problem => new Finding("store", Verdict.Problem, problem, $"Restore {store.Location} from a backup, or begin a new store with --home."))];
    }

    // Writing itself would change what is only looked at.
    private Finding? Writable()
    {
        foreach (string path in (string[])[store.Location, .. Directory.GetFiles(store.Location, "*.db")])
        {
            if (SystemCalls.WhyNotWritable(path) is { } reason)
            {
                return new(
                    "store", Verdict.Problem, $"{path} cannot be written: {reason}. Nothing can be run or changed.",
                    "Give this user the right to write it, mount its file system for writing, or move the store with --home.");
            }
        }

        return null;
    }

    private async Task<Finding> LastRunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunSummary> last = await store.GetRunsAsync(new RunFilter { Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return last.Count > 0 && last[0].Created > time.GetUtcNow() + Tolerance
            ? new(
                "last run", Verdict.Warning, $"{last[0].Id} was created at {Words.Of(last[0].Created, time)}, which is yet to come.",
                "Look at this machine's clock: it was ahead, or it is behind now.")
            : new("last run", Verdict.Ok, last.Count == 0 ? "There was none yet." : $"{last[0].Id}, {last[0].Status}");
    }

    private async Task<IReadOnlyList<Finding>> DriversAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> unfinished = await store.GetUnfinishedRunsAsync(cancellationToken).ConfigureAwait(false);
        List<RunId> orphans = [.. unfinished.Where(run => run.Owner is not { } owner || !store.IsAlive(owner)).Select(run => run.Id)];
        bool hasDriver = store.HasDriver();
        Finding driver = new(
            "driver", Verdict.Ok, hasDriver ? "The background driver is there." : "There is no background driver; it is started when there is something to do.");
        string names = $"{string.Join(", ", orphans.Take(MostNamed))}{(orphans.Count > MostNamed ? ", …" : "")}";
        Finding runs = orphans.Count == 0
            ? new("runs", Verdict.Ok, $"{Words.Count(unfinished.Count, "run")} under way, each with somebody who drives it.")
            : new(
                "runs", Verdict.Warning, $"Nobody drives {names} at this moment.",
                hasDriver
                    ? "Nothing: the background driver takes them over."
                    : $"Nothing: this command starts the background driver. If they are still here in a minute, read {DetachedDriver.LogName} in {store.Location}.");
        return [driver, runs];
    }
}
