using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Storage;
using Xunit;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>An engine with a store connection of its own, as a process would have.</summary>
internal sealed class EngineInstance : IAsyncDisposable
{
    private EngineInstance(SqliteStore store, IReadOnlyList<IWorkerTransport> transports)
    {
        Store = store;
        Engine = new(store, transports, Launcher, TimeProvider.System);
    }

    public IStore Store { get; }

    public CountingLauncher Launcher { get; } = new();

    public OctoWorkersEngine Engine { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<EngineInstance> OpenAsync(string folder, params IReadOnlyList<IWorkerTransport> transports)
        => new(await SqliteStore.OpenAsync(folder, TimeProvider.System, Stop), transports);

    public async Task<RunRecord> StartAsync(string runbook, bool detached = false)
        => await Engine.StartRunAsync(new NewRun(runbook, RunWorld.TestEnvironment) { Detached = detached }, Stop);

    public Task<RunRecord> EndAsync(RunId run) => Engine.WaitForRunAsync(run, Stop).WaitAsync(TimeSpan.FromMinutes(3), Stop);

    public async Task<RunDetails> RunAsync(string runbook)
    {
        RunRecord run = await StartAsync(runbook);
        await EndAsync(run.Id);
        return await DetailsAsync(run.Id);
    }

    public Task<RunDetails> DetailsAsync(RunId run) => Engine.GetRunDetailsAsync(run, Stop);

    /// <summary>Lines of the log: of one step, or, 0, the engine's own.</summary>
    public async Task<IReadOnlyList<LogLine>> LogAsync(RunId run, int? step = null)
    {
        List<LogLine> lines = [];
        await foreach (LogLine line in Engine.ReadLogAsync(run, 0, step, follow: false, Stop))
        {
            lines.Add(line);
        }

        return lines;
    }

    public async Task<IReadOnlyList<string>> TextAsync(RunId run, int? step = null) => [.. (await LogAsync(run, step)).Select(line => line.Text)];

    /// <summary>Waits until a line of a step holds a text.</summary>
    public async Task SaysAsync(RunId run, int step, string text)
    {
        using CancellationTokenSource tooLong = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        tooLong.CancelAfter(TimeSpan.FromMinutes(2));
        await foreach (LogLine line in Engine.ReadLogAsync(run, 0, step, follow: true, tooLong.Token))
        {
            if (line.Text.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"{run} ended and its step {step} never said '{text}'.");
    }

    /// <summary>Waits until what the store says of a run meets a condition.</summary>
    public async Task<RunDetails> BecomesAsync(RunId run, Func<RunDetails, bool> condition, string what)
    {
        long began = TimeProvider.System.GetTimestamp();
        long seen = 0;
        while (true)
        {
            RunDetails details = await DetailsAsync(run);
            if (condition(details))
            {
                return details;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(2), $"It did not happen in two minutes: {what}.");
            seen = await Store.WaitForChangeAsync(seen, TimeSpan.FromMilliseconds(100), Stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Store.DisposeAsync();
    }
}
