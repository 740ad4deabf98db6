using System.Text;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Locks;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Secrets;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

public sealed class WorkerLockTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAWorkerThatSomebodyHasAlone_WhenStepsAreToBegin_ThenTheyWaitAndRunOnceAfterwards()
    {
        await using RunWorld world = await CreateAsync("w1");
        WorkerRecord worker = Assert.Single(await world.First.Store.GetWorkersAsync(Stop));
        EngineId other = EngineId.New();
        using IDisposable alive = world.First.Store.Register(other);
        LockRequest alone = new(worker.Id.ToString(), worker.Name, other, null, 0, 0, AcquiresPackages: true, LockMode.Write, TimeProvider.System.GetUtcNow());
        Assert.Empty(await world.First.Store.TakeLockAsync(alone, Stop));
        await world.PutAsync("two", Step("a", "echo a"), Step("b", "echo b") with { Start = StepStart.WithPrevious }, Step("c", "echo c"));
        RunRecord run = await world.First.StartAsync("two");
        await world.First.BecomesAsync(run.Id, details => details.Run.Waits.Any(wait => wait.Kind == WaitKind.Lock), "waits for the worker");
        Assert.Empty((await world.First.Store.GetEventsAsync(run.Id, Stop)).OfType<AttemptIntended>());
        await world.First.Store.ReleaseLockAsync(alone, Stop);
        RunRecord ended = await world.First.EndAsync(run.Id);
        Assert.True(ended.Status == RunStatus.Success, ended.Error);
        Assert.Equal([1, 2, 3], (await world.First.Store.GetEventsAsync(run.Id, Stop)).OfType<AttemptIntended>().Select(intended => intended.Step).Order());
        Assert.Equal(["a", "b", "c"], (await world.First.LogAsync(run.Id)).Where(line => line.Step > 0).Select(line => line.Text).Order());
        Assert.Empty(await world.First.Store.GetLocksAsync(Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GivenADraftWithBeginnings_WhenALockCannotBeHad_ThenWhatCameBeforeThemIsKeptOnce(bool firstHasItsLock)
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        RunRequest request = new(new(1), new("two", [Step("a", "a"), Step("b", "b")]), new(new(1), TestEnvironment, ""));
        LineBatch notes = new(0, 0, 5);
        RunRecord run = new(new(1), request, RunStatus.Executing, now, now, null, null, null, 1);
        LockRequest wish = new("Workers-1", "w", EngineId.New(), run.Id, 1, 2, false, LockMode.Read, now);
        RunDraft draft = new(RunState.Of(request, []), notes, RunSecrets.Of(request, null!));
        draft.Add(new CancelRequested("ada", "enough") { At = now });
        draft.AddBegin(new(1, 1, new(1), "w") { At = now }, firstHasItsLock ? [] : [wish with { Step = 1 }]);
        draft.AddBegin(new(2, 1, new(1), "w") { At = now }, [wish]);
        Assert.Equal((3, firstHasItsLock ? 1 : 2), (draft.ToCommit(run, wish.Owner, now).Events.Count, draft.Locks.Count));

        RunDraft again = draft.BeforeBegins();
        Assert.All(again.State.Steps, step => Assert.Null(step.ActiveAttempt));
        Assert.Equal(1, again.State.Cancels);
        JournalCommit commit = again.ToCommit(run, wish.Owner, now);
        Assert.IsType<CancelRequested>(Assert.Single(commit.Events));
        Assert.Empty(commit.Locks);
        LogChunk note = Assert.Single(commit.Log);
        Assert.Equal((5, 1), (note.FirstNumber, note.LineCount));
        Assert.Contains("ada", Encoding.UTF8.GetString(note.Text.Span), StringComparison.Ordinal);
    }
}
