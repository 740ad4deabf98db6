using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Locks;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class LockContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private readonly EngineId engine = EngineId.New();

    [Fact]
    public async Task GivenTwoReadersAWriterAndTwoReaders_WhenTheyAsk_ThenTheWriterWaitsForTheFirstAndTheLastWaitForTheWriter()
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest[] asked = [await AskedAsync(LockMode.Read), await AskedAsync(LockMode.Read), await AskedAsync(LockMode.Write), await AskedAsync(LockMode.Read), await AskedAsync(LockMode.Read)];
        Assert.Equal([[], [], [1, 2], [3], [3]], await TakeAsync(asked));
        await Store.ReleaseLockAsync(asked[0], Cancel);
        Assert.Equal([[2], [3], [3]], await TakeAsync(asked[2..]));
        await EndAsync(await Store.GetRunAsync(asked[1].Run!.Value, Cancel));
        Assert.Equal([[], [3], [3]], await TakeAsync(asked[2..]));
        Assert.Equal(3, (await Store.GetLocksAsync(Cancel)).Count);
        await Store.ReleaseLockAsync(asked[2], Cancel);
        Assert.Equal([[], []], await TakeAsync(asked[3..]));
    }

    [Fact]
    public async Task GivenARunThatHasEnded_WhenItsStepStillAsks_ThenItIsRefusedAndStandsInNoLine()
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest asked = await AskedAsync(LockMode.Write);
        await EndAsync(await Store.GetRunAsync(asked.Run!.Value, Cancel));
        await FailsAsync(EngineError.InvalidRunState, () => Store.TakeLockAsync(asked, Cancel));
        Assert.Empty(await Store.GetLocksAsync(Cancel));
    }

    [Fact]
    public async Task GivenLockOfAStep_WhenTheStepBeginsAndEnds_ThenItGoesWithTheAttemptWhoeverDrivesTheRun()
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest first = await AskedAsync(LockMode.Write);
        LockRequest second = await AskedAsync(LockMode.Write);
        Assert.Equal([[], [1]], await TakeAsync(first, second));
        RunRecord run = await Store.GetRunAsync(first.Run!.Value, Cancel);
        await CommitAsync(run, new RunStarted { At = Sample.Now }, new AttemptIntended(1, 1, new(1), "w") { At = Sample.Now });
        run = (await Store.ClaimRunAsync(run.Id, EngineId.New(), engine, Cancel))!;
        Assert.Equal([[1]], await TakeAsync(second));
        await FailsAsync(EngineError.FencedOut, () => Store.TakeLockAsync(first, Cancel));
        await CommitAsync(run, new AttemptEnded(1, 1, AttemptOutcome.Succeeded, 0, null, null) { At = Sample.Now });
        Assert.Equal([[]], await TakeAsync(second));
    }

    [Fact]
    public async Task GivenAFreeMachine_WhenAStepBeginsWithItsLock_ThenItHasItUntilItsEnd()
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest first = await AskedAsync(LockMode.Read);
        LockRequest second = await AskedAsync(LockMode.Read);
        LockRequest writer = await AskedAsync(LockMode.Write);
        await BeginAsync(first);
        await BeginAsync(second);
        Assert.Equal([[1, 2]], await TakeAsync(writer));
        await Store.ReleaseLockAsync(first, Cancel);
        Assert.Equal([[1, 2]], await TakeAsync(writer));
        foreach (LockRequest reader in (LockRequest[])[first, second])
        {
            await CommitAsync(
                await Store.GetRunAsync(reader.Run!.Value, Cancel), new AttemptEnded(1, 1, AttemptOutcome.Succeeded, 0, null, null) { At = Sample.Now });
        }

        Assert.Equal([[]], await TakeAsync(writer));
    }

    [Theory]
    [InlineData(LockMode.Read, LockMode.Write, true)]
    [InlineData(LockMode.Write, LockMode.Read, true)]
    [InlineData(LockMode.Write, LockMode.Write, true)]
    [InlineData(LockMode.Read, LockMode.Read, false)]
    public async Task GivenAHeldMachine_WhenAStepBeginsWithItsLock_ThenNothingIsStoredUnlessTheyShareIt(LockMode held, LockMode asked, bool isInTheWay)
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest first = await AskedAsync(held);
        LockRequest second = await AskedAsync(asked);
        Assert.Equal([[]], await TakeAsync(first));
        if (isInTheWay)
        {
            await FailsAsync(EngineError.InUse, () => BeginAsync(second));
        }
        else
        {
            await BeginAsync(second);
        }

        Assert.Equal(isInTheWay ? 0 : 2, (await Store.GetEventsAsync(second.Run!.Value, Cancel)).Count);
        Assert.Equal(isInTheWay ? 1 : 2, (await Store.GetLocksAsync(Cancel)).Count);
    }

    [Fact]
    public async Task GivenAWriterThatWaits_WhenAStepBeginsWithItsLock_ThenItWaitsBehind()
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest reader = await AskedAsync(LockMode.Read);
        LockRequest writer = await AskedAsync(LockMode.Write);
        LockRequest last = await AskedAsync(LockMode.Read);
        Assert.Equal([[], [1]], await TakeAsync(reader, writer));
        await FailsAsync(EngineError.InUse, () => BeginAsync(last));
    }

    [Fact]
    public async Task GivenLockOfAStepThatHasNotBegun_WhenTheRunIsTakenOver_ThenItIsGivenBack()
    {
        LockRequest first = await AskedAsync(LockMode.Write);
        LockRequest second = await AskedAsync(LockMode.Read);
        Assert.Equal([[], [1]], await TakeAsync(first, second));
        await Store.ClaimRunAsync(first.Run!.Value, EngineId.New(), engine, Cancel);
        Assert.Equal([[]], await TakeAsync(second));
    }

    [Fact]
    public async Task GivenLockOfAStepThatHasNotBegun_WhenTheRunIsGivenUpOrAsksAPerson_ThenItIsGivenBack()
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest first = await AskedAsync(LockMode.Write);
        LockRequest second = await AskedAsync(LockMode.Write);
        LockRequest third = await AskedAsync(LockMode.Read);
        Assert.Equal([[], [1], [1, 2]], await TakeAsync(first, second, third));
        await Store.ReleaseRunAsync(first.Run!.Value, engine, Cancel);
        Assert.Equal([[], [2]], await TakeAsync(second, third));
        await CommitAsync(
            await Store.GetRunAsync(second.Run!.Value, Cancel),
            new RunStarted { At = Sample.Now },
            new InterruptionRaised(1, 1, "Say", InterruptionKind.Manual, "?", [], [InterruptionAnswer.Proceed]) { At = Sample.Now });
        Assert.Equal([[]], await TakeAsync(third));
    }

    [Fact]
    public async Task GivenARunThatWaitsForAPerson_WhenItsStepStillAsks_ThenItIsRefusedAndStandsInNoLineUntilThePersonHasAnswered()
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest asked = await AskedAsync(LockMode.Write);
        RunRecord run = await Store.GetRunAsync(asked.Run!.Value, Cancel);
        await CommitAsync(
            run,
            new RunStarted { At = Sample.Now },
            new InterruptionRaised(1, 1, "Say", InterruptionKind.Manual, "?", [], [InterruptionAnswer.Proceed]) { At = Sample.Now });
        Assert.Contains("waits for a person", (await FailsAsync(EngineError.InvalidRunState, () => Store.TakeLockAsync(asked, Cancel))).Message, StringComparison.Ordinal);
        Assert.Empty(await Store.GetLocksAsync(Cancel));
        await CommitAsync(run, new InterruptionAnswered(1, InterruptionAnswer.Proceed, new("ada", "Ada"), "") { At = Sample.Now });
        Assert.Equal([[]], await TakeAsync(asked));
    }

    [Fact]
    public async Task GivenLockOfAProcess_WhenTheProcessIsDead_ThenOthersGetIt()
    {
        LockRequest process = await AskedAsync(LockMode.Write) with { Run = null, FencingToken = 0, Step = 0, AcquiresPackages = true };
        LockRequest run = await AskedAsync(LockMode.Read);
        IDisposable alive = Store.Register(engine);
        Assert.Empty(await Store.TakeLockAsync(process, Cancel));
        Assert.Equal("a command, which acquires packages there", Assert.Single(await Store.TakeLockAsync(run, Cancel)).ToString());
        alive.Dispose();
        Assert.Empty(await Store.TakeLockAsync(run, Cancel));
    }

    [Fact]
    public async Task GivenTwoStores_WhenBothAsk_ThenOneLineHoldsForBoth()
    {
        IStore other = await Factory.OpenAsync();
        LockRequest first = await AskedAsync(LockMode.Write);
        LockRequest second = await AskedAsync(LockMode.Write) with { Machine = "Workers-2" };
        LockRequest third = await AskedAsync(LockMode.Write);
        Assert.Empty(await Store.TakeLockAsync(first, Cancel));
        Assert.Empty(await other.TakeLockAsync(second, Cancel));
        Assert.Equal(first.Run, Assert.Single(await other.TakeLockAsync(third, Cancel)).Run);
    }

    [Fact]
    public async Task GivenARunTakenOver_WhenTheOwnerBeforeGivesItsLockBack_ThenTheNewOwnerKeepsIts()
    {
        using IDisposable alive = Store.Register(engine);
        LockRequest before = await AskedAsync(LockMode.Write);
        Assert.Equal([[]], await TakeAsync(before));
        RunRecord run = (await Store.ClaimRunAsync(before.Run!.Value, EngineId.New(), engine, Cancel))!;
        LockRequest now = before with { Owner = run.Owner!.Value, FencingToken = run.FencingToken };
        Assert.Equal([[]], await TakeAsync(now));
        await Store.ReleaseLockAsync(before, Cancel);
        Assert.True(Assert.Single(await Store.GetLocksAsync(Cancel)).IsHeld);
        await Store.ReleaseLockAsync(now, Cancel);
        Assert.Empty(await Store.GetLocksAsync(Cancel));
    }

    private async Task BeginAsync(LockRequest request)
    {
        RunRecord run = await Store.GetRunAsync(request.Run!.Value, Cancel);
        JournalCommit commit = new(run.Id, run.FencingToken)
        {
            Events = [new RunStarted { At = Sample.Now }, new AttemptIntended(1, 1, new(1), "w") { At = Sample.Now }], Locks = [request], At = Sample.Now,
        };
        await Store.CommitAsync(commit, Cancel);
    }

    private async Task<LockRequest> AskedAsync(LockMode mode)
    {
        RunRecord run = await CreateRunAsync(engine);
        return new("Workers-1", "w", engine, run.Id, run.FencingToken, 1, AcquiresPackages: false, mode, Sample.Now);
    }

    private async Task<IReadOnlyList<long[]>> TakeAsync(params LockRequest[] requests)
    {
        List<long[]> before = [];
        foreach (LockRequest request in requests)
        {
            before.Add([.. (await Store.TakeLockAsync(request, Cancel)).Select(one => one.Run!.Value.Number)]);
        }

        return before;
    }
}
