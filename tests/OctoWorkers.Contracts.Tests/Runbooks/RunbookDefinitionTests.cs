using Xunit;

namespace OctoWorkers.Contracts.Tests.Runbooks;

public sealed class RunbookDefinitionTests
{
    [Fact]
    public void GivenNoSteps_WhenMade_ThenItIsRefused()
        => Assert.Contains("has no steps", Assert.Throws<OctoWorkersException>(() => new RunbookDefinition("r", [])).Message, StringComparison.Ordinal);

    [Fact]
    public void GivenStepsThatDifferOnlyInCase_WhenMade_ThenItIsRefused()
    {
        StepDefinition[] steps = [new("One", new ScriptAction("true")), new("one", new ScriptAction("true"))];
        Assert.Contains("two steps named 'one'", Assert.Throws<OctoWorkersException>(() => new RunbookDefinition("r", steps)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenLimitsOutOfRange_WhenMade_ThenEachIsRefused()
    {
        StepDefinition step = new("One", new ScriptAction("true"));
        Assert.Throws<OctoWorkersException>(() => new RunbookDefinition("r", [step]) { MaxParallelism = 0 });
        Assert.Throws<OctoWorkersException>(() => new RunbookDefinition("r", [step]) { Timeout = TimeSpan.Zero });
        Assert.Throws<OctoWorkersException>(() => step with { Timeout = TimeSpan.FromSeconds(-1) });
        Assert.Throws<OctoWorkersException>(() => new RetryPolicy { Count = -1 });
        Assert.Throws<OctoWorkersException>(() => new RetryPolicy { Count = RetryPolicy.MaxCount + 1 });
        Assert.Throws<OctoWorkersException>(() => new RetryPolicy { Backoff = TimeSpan.FromSeconds(-1) });
    }

    [Fact]
    public void GivenWorkerInNoPool_WhenMade_ThenItIsRefused()
        => Assert.Contains("is in no pool", Assert.Throws<OctoWorkersException>(() => new WorkerDefinition("w", new LocalConnection(), [])).Message, StringComparison.Ordinal);
}
