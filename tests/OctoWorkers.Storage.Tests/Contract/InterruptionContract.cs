using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class InterruptionContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    private static readonly Person Ada = new("ada", "Ada L.");
    private static readonly Person Bob = new("bob", "bob");

    [Fact]
    public async Task GivenRunWithLeaseAndSlot_WhenItIsInterrupted_ThenItHoldsNothingAndSaysWhatItWaitsFor()
    {
        await AddWorkerAsync("w");
        RunRecord run = await CreateRunAsync();
        await Store.TryTakeSlotAsync(run.Id, 1, "m", 1, Sample.Now, Cancel);
        await Store.PlanAsync(
            run.Id, 1, facts => [Sample.Planned(Sample.Draw(facts, WorkerPoolDefinition.DefaultName, "k")), new RunStarted { At = Sample.Now }], Cancel);
        await CommitAsync(run, Raised());
        Assert.Empty(await Store.GetLeasesAsync(Cancel));
        Assert.True(await Store.TryTakeSlotAsync((await CreateRunAsync()).Id, 1, "m", 1, Sample.Now, Cancel));
        RunRecord waiting = await Store.GetRunAsync(run.Id, Cancel);
        Assert.True(waiting.AwaitsPerson);
        Assert.Equal("a person: 'Say' (Interruptions-1-1)", waiting.WaitingFor);
        Interruption asked = Assert.Single(await Store.GetInterruptionsAsync(new() { Run = run.Id, PendingOnly = true }, Cancel));
        Assert.Equal(("Backup", "Production", "look", InterruptionStatus.Pending), (asked.Runbook, asked.Environment, asked.Text, asked.Status));

        await Store.PlanAsync(
            run.Id, 1,
            facts => [new WorkersDrawnAgain(new([], [Sample.Draw(facts, WorkerPoolDefinition.DefaultName, "k")])) { At = Sample.Now }], Cancel);
        Assert.Single(await Store.GetLeasesAsync(Cancel));
        Assert.Empty(await Store.CheckAsync(Cancel));
    }

    [Fact]
    public async Task GivenAnswer_WhenStored_ThenOnlyTheOwnerHearsItUntilItHasHeard()
    {
        EngineId owner = EngineId.New();
        RunRecord run = await WaitingAsync(owner);
        Interruption answered = await AnswerAsync(Ada, InterruptionAnswer.Proceed, "fine");
        Assert.Equal((Ada, "ada", InterruptionStatus.Answered, "fine"), (answered.AnsweredBy, answered.Assignee, answered.Status, answered.Notes));
        Assert.False((await Store.GetRunAsync(run.Id, Cancel)).AwaitsPerson);
        Assert.Null((await Store.GetRunAsync(run.Id, Cancel)).WaitingFor);
        Assert.Empty(await Store.GetUnheardAnswersAsync(EngineId.New(), Cancel));
        InterruptionReply reply = Assert.Single(await Store.GetUnheardAnswersAsync(owner, Cancel));
        Assert.Equal(new(new(run.Id, 1), InterruptionAnswer.Proceed, Ada, "fine"), reply);
        await CommitAsync(run, new InterruptionAnswered(1, reply.Answer, reply.By, reply.Notes) { At = Sample.Now });
        Assert.Empty(await Store.GetUnheardAnswersAsync(owner, Cancel));
        Assert.NotNull((await Store.GetInterruptionAsync(new(run.Id, 1), Cancel)).Ended);
    }

    [Fact]
    public async Task GivenManyAnswersAtOnce_WhenTheyCome_ThenOneCounts()
    {
        await WaitingAsync();
        IStore other = await Factory.OpenAsync();
        bool[] counted = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            Exception? failure = await Record.ExceptionAsync(() => (i % 2 == 0 ? Store : other).AnswerInterruptionAsync(
                new(new(new(1), 1), i % 3 == 0 ? InterruptionAnswer.Abort : InterruptionAnswer.Proceed, new($"u{i}", $"u{i}"), ""), Sample.Now, Cancel));
            Assert.True(failure is null or OctoWorkersException { Error: EngineError.InterruptionOver }, failure?.ToString());
            return failure is null;
        }));
        Assert.Single(counted, true);
        Assert.Single(await Store.GetAuditAsync(new(), Cancel), entry => entry.Action == AuditAction.InterruptionAnswered);
    }

    [Fact]
    public async Task GivenResponsiblePeople_WhenOthersAnswer_ThenTheyAreRefused()
    {
        await WaitingAsync(null, "ada", "eve");
        Assert.Contains("ada, eve", (await FailsAsync(EngineError.NotResponsible, () => AnswerAsync(Bob, InterruptionAnswer.Proceed))).Message, StringComparison.Ordinal);
        await FailsAsync(EngineError.NotResponsible, () => TakeAsync(Bob, force: true));
        await FailsAsync(EngineError.NotResponsible, () => AnswerAsync(new("ADA", "ADA"), InterruptionAnswer.Proceed));
        await TakeAsync(new("eve", "Eve"));
        Assert.Contains("eve", (await FailsAsync(EngineError.NotResponsible, () => AnswerAsync(Ada, InterruptionAnswer.Proceed))).Message, StringComparison.Ordinal);
        await FailsAsync(EngineError.NotResponsible, () => TakeAsync(Ada));
        Assert.Equal("ada", (await TakeAsync(Ada, force: true)).Assignee);
        await AnswerAsync(Ada, InterruptionAnswer.Proceed);
        Assert.Contains("Ada L. (ada) said proceed", (await FailsAsync(EngineError.InterruptionOver, () => TakeAsync(Ada))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenWhatCannotBeAnswered_WhenAnswered_ThenTheErrorSaysWhy()
    {
        await FailsAsync(EngineError.InterruptionNotFound, () => AnswerAsync(Ada, InterruptionAnswer.Proceed));
        RunRecord run = await WaitingAsync();
        await FailsAsync(EngineError.InvalidArgument, () => AnswerAsync(Ada, InterruptionAnswer.Retry));
        await Store.RequestCancelAsync(run.Id, "bob", "", Sample.Now, Cancel);
        Assert.False((await Store.GetRunAsync(run.Id, Cancel)).AwaitsPerson);
        await FailsAsync(EngineError.InterruptionOver, () => AnswerAsync(Ada, InterruptionAnswer.Proceed));
        await EndAsync(run, RunStatus.Failed);
        Assert.Equal(InterruptionStatus.Ended, (await Store.GetInterruptionAsync(new(run.Id, 1), Cancel)).Status);
        await Store.RemoveRunAsync(run.Id, Cancel);
        await FailsAsync(EngineError.InterruptionNotFound, () => Store.GetInterruptionAsync(new(run.Id, 1), Cancel));
        Assert.Empty(await Store.GetInterruptionsAsync(new(), Cancel));
    }

    private static InterruptionRaised Raised(params string[] responsible)
        => new(1, 1, "Say", InterruptionKind.Manual, "look", responsible, [InterruptionAnswer.Proceed, InterruptionAnswer.Abort]) { At = Sample.Now };

    private async Task<RunRecord> WaitingAsync(EngineId? owner = null, params string[] responsible)
    {
        RunRecord run = await StartAsync(await CreateRunAsync(owner));
        await CommitAsync(run, Raised(responsible));
        return run;
    }

    private Task<Interruption> AnswerAsync(Person by, InterruptionAnswer answer, string notes = "")
        => Store.AnswerInterruptionAsync(new(new(new(1), 1), answer, by, notes), Sample.Now, Cancel);

    private Task<Interruption> TakeAsync(Person by, bool force = false) => Store.TakeInterruptionAsync(new(new(1), 1), by, force, Sample.Now, Cancel);
}
