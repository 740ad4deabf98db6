namespace OctoWorkers.Engine.Runs;

/// <summary>The runs that this process could not drive on. Any thread may call.</summary>
/// <param name="services">The store and the clock.</param>
internal sealed class RunFailures(RunServices services)
{
    private readonly Lock gate = new();
    private readonly Dictionary<RunId, RunFailure> failures = [];

    /// <summary>The runs.</summary>
    public IReadOnlyList<RunId> Runs
    {
        get
        {
            lock (gate)
            {
                return [.. failures.Keys];
            }
        }
    }

    /// <summary>A run could not be driven on.</summary>
    public void Add(RunId run, Exception error)
    {
        lock (gate)
        {
            failures[run] = RunFailure.After(failures.GetValueOrDefault(run), error, services.Time.GetTimestamp());
        }
    }

    /// <summary>Whether the pause after a run's failure is over; null: it did not fail.</summary>
    public bool? MayTryAgain(RunId run)
        => Find(run) is { } failure ? services.Time.GetElapsedTime(failure.At) >= failure.Pause : null;

    /// <summary>Throws why a run could not be driven on, if that was so.</summary>
    public void ThrowIfAny(RunId run)
    {
        if (Find(run) is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.Error);
        }
    }

    /// <summary>Says in the run's log why it could not be driven on; where that cannot be stored either, when the run is taken up again.</summary>
    public async Task TryTellAsync(RunRecord run)
    {
        if (Find(run.Id) is not { IsTold: false } failure)
        {
            return;
        }

        try
        {
            await RunFailureNote.StoreAsync(services, run, failure).ConfigureAwait(false);
            lock (gate)
            {
                failures[run.Id] = failure with { IsTold = true };
            }
        }
        catch (Exception)
        {
            // What is told here is the first failure, which is kept.
        }
    }

    private RunFailure? Find(RunId run)
    {
        lock (gate)
        {
            return failures.GetValueOrDefault(run);
        }
    }
}
