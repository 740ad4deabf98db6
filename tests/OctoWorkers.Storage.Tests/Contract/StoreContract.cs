using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

/// <summary>What every kind of store is tested with.</summary>
public abstract class StoreContract<TFactory> : IAsyncLifetime
    where TFactory : StoreFactory, new()
{
    protected TFactory Factory { get; } = new();

    protected IStore Store { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await Factory.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Factory.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static async Task<OctoWorkersException> FailsAsync(EngineError error, Func<Task> action)
    {
        OctoWorkersException exception = await Assert.ThrowsAsync<OctoWorkersException>(action);
        Assert.True(error == exception.Error, $"{exception.Error}: {exception.Message}");
        return exception;
    }

    protected Task<WorkerRecord> AddWorkerAsync(string name, params string[] pools)
        => Store.PutWorkerAsync(Sample.Worker(name, pools), true, Cancel);

    /// <summary>A run of a stored runbook in a stored environment.</summary>
    protected async Task<RunRecord> CreateRunAsync(EngineId? owner = null, string runbook = "Backup", string? token = null)
    {
        RunRequest request = await RequestAsync(runbook);
        return await Store.CreateRunAsync(request with { Token = token }, owner, Sample.Now, Cancel);
    }

    protected async Task<RunRequest> RequestAsync(string runbook = "Backup")
    {
        EnvironmentRecord environment = await Store.PutEnvironmentAsync(new("Production"), false, Cancel);
        RunbookRecord record = await Store.PutRunbookAsync(Sample.Runbook(runbook), Sample.Now, Cancel);
        return new(record.Id, record.Definition, environment) { CreatedBy = "ada" };
    }

    protected Task<IReadOnlyList<RunRecord>> CommitAsync(RunRecord run, params RunEvent[] events)
        => Store.CommitAsync(new(run.Id, run.FencingToken) { Events = events, At = Sample.Now }, Cancel);

    protected async Task<RunRecord> StartAsync(RunRecord run)
    {
        await CommitAsync(run, new RunStarted { At = Sample.Now });
        return await Store.GetRunAsync(run.Id, Cancel);
    }

    protected Task EndAsync(RunRecord run, RunStatus status = RunStatus.Canceled)
        => CommitAsync(run, new RunEnded(status, null) { At = Sample.Now });
}
