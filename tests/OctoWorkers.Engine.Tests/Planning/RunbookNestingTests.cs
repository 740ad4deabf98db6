using OctoWorkers.Engine.Planning;
using Xunit;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class RunbookNestingTests
{
    [Fact]
    public void GivenRunbooksThatRunEachOther_WhenChecked_ThenChainAndStepsAreNamed()
    {
        RunbookDefinition a = Runbook("A", "B");
        RunbookDefinition b = Runbook("B", "A");

        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => RunbookNesting.Check(a, [a, b]));

        Assert.Equal(EngineError.RunbookCycle, error.Error);
        Assert.Equal(
            "Runbook 'A' runs itself: A -> B -> A (steps: 'run B' of 'A', 'run A' of 'B'). Disable or change one of these steps.", error.Message);
    }

    [Fact]
    public void GivenRunbookThatRunsItselfInOtherCase_WhenChecked_ThenItIsACycle()
    {
        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => RunbookNesting.Check(Runbook("Self", "sELF"), []));

        Assert.StartsWith("Runbook 'Self' runs itself: Self -> Self ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenCycleBelowTheRoot_WhenChecked_ThenOnlyTheCycleIsInTheChain()
    {
        RunbookDefinition root = Runbook("Root", "A");

        OctoWorkersException error = Assert.Throws<OctoWorkersException>(() => RunbookNesting.Check(root, [root, Runbook("A", "B"), Runbook("B", "A")]));

        Assert.StartsWith("Runbook 'A' runs itself: A -> B -> A ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenCycleElsewhere_WhenOneRunbookIsChecked_ThenItIsFineButAllAreNot()
    {
        RunbookDefinition[] all = [Runbook("Fine", "Leaf"), Runbook("Leaf"), Runbook("A", "A")];

        RunbookNesting.Check(all[0], all);

        Assert.Equal("A", Assert.Throws<OctoWorkersException>(() => RunbookNesting.CheckAll(all)).Subject);
    }

    [Fact]
    public void GivenRunbookReachedTwice_WhenChecked_ThenThatIsNoCycle()
        => RunbookNesting.CheckAll([Runbook("Top", "Left", "Right"), Runbook("Left", "Bottom"), Runbook("Right", "Bottom"), Runbook("Bottom")]);

    [Fact]
    public void GivenChildThatDoesNotExist_WhenChecked_ThenThatIsNotThisErrorsBusiness() => RunbookNesting.CheckAll([Runbook("Top", "Nowhere")]);

    [Fact]
    public void GivenDisabledStep_WhenChecked_ThenItDoesNotCloseTheCircle()
    {
        StepDefinition step = new("again", new RunRunbookAction("A")) { Disabled = true };

        RunbookNesting.CheckAll([new RunbookDefinition("A", [step])]);
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    [InlineData(1000, true)]
    public void GivenChain_WhenChecked_ThenItMayBe32Deep(int depth, bool fails)
    {
        RunbookDefinition[] chain = [.. Enumerable.Range(0, depth).Select(level => Runbook($"R{level}", $"R{level + 1}")), Runbook($"R{depth}")];

        // Leaves first as well: then each runbook's depth is known before its caller's is asked for.
        foreach (RunbookDefinition[] order in new[] { chain, [.. chain.Reverse()] })
        {
            OctoWorkersException? error = Record.Exception(() => RunbookNesting.CheckAll(order)) as OctoWorkersException;

            Assert.Equal(fails ? EngineError.RunbookCycle : null, error?.Error);
            if (fails)
            {
                Assert.Contains("more than 32 deep: R", error!.Message, StringComparison.Ordinal);
                Assert.Equal(33, error.Message.Split(" -> ").Length - 1);
            }
        }
    }

    [Fact]
    public void GivenPromotionThatEndsInTheLastEnvironment_WhenChecked_ThenItIsACycleOnlyWhereItNeverEnds()
    {
        RunbookDefinition promote = new("Promote", [
            new("to production", new RunRunbookAction("Promote") { Environment = "Production" }) { ExcludedEnvironments = ["production"] },
        ]);
        RunbookDefinition circle = new("Circle", [
            new("to production", new RunRunbookAction("Circle") { Environment = "Production" }),
            new("to test", new RunRunbookAction("Circle") { Environment = "Test" }),
        ]);

        RunbookNesting.Check(promote, [], "Test");
        RunbookNesting.Check(promote, []);
        Assert.Throws<OctoWorkersException>(() => RunbookNesting.Check(circle, [], "Test"));
        RunbookNesting.Check(circle with { Environments = ["Test"] }, [], "Production");
    }

    [Fact]
    public void GivenThousandsOfPathsToOneRunbook_WhenChecked_ThenEachRunbookIsVisitedOnce()
    {
        // 3^30 paths from top to bottom: only a walk that remembers comes back.
        RunbookDefinition[] layers = [.. Enumerable.Range(0, 30).Select(level => Runbook($"R{level}", $"R{level + 1}", $"r{level + 1}", $"R{level + 1}")), Runbook("R30")];

        RunbookNesting.CheckAll(layers);
    }

    private static RunbookDefinition Runbook(string name, params string[] children)
        => new(name, [
            new("script", new ScriptAction("true")),
            .. children.Select((child, index) => new StepDefinition(index == 0 ? $"run {child}" : $"run {child} {index}", new RunRunbookAction(child) { Wait = false })),
        ]);
}
