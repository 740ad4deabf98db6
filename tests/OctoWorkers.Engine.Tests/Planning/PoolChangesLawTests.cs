using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static OctoWorkers.Engine.Tests.Planning.PlanningWorld;

namespace OctoWorkers.Engine.Tests.Planning;

public sealed class PoolChangesLawTests
{
    private enum Change
    {
        Plan,
        Add,
        Remove,
        Rejoin,
        Disable,
        Enable,
    }

    private static readonly Arbitrary<(Change Change, int Which)[]> Histories = Arb.From(Gen.ArrayOf(
        from change in Gen.Frequency(
            (8, Gen.Constant(Change.Plan)), (2, Gen.Constant(Change.Add)), (1, Gen.Constant(Change.Remove)), (1, Gen.Constant(Change.Rejoin)),
            (1, Gen.Constant(Change.Disable)), (1, Gen.Constant(Change.Enable)))
        from which in Gen.Choose(0, 1000)
        select (change, which), 60));

    [Fact]
    public void GivenWorkersComeAndGoBetweenPlans_WhenOneIsDrawnAgain_ThenEverybodyWhoWasThereAllTheTimeHadATurn()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Histories, IsFair));

    private static bool IsFair((Change Change, int Which)[] history)
    {
        PlanningWorld world = new PlanningWorld().Pool("Setup", "w0", "w1", "w2");
        int added = 3;

        // Who has been eligible, at one place, without a break since the last draw of each worker, and was not drawn since: the still waiting.
        Dictionary<string, HashSet<string>> waitingSinceDrawOf = [];
        List<string> joined = ["w0", "w1", "w2"];
        HashSet<string> disabled = [];
        string? last = null;

        foreach ((Change change, int which) in history)
        {
            string? chosen = joined.Count == 0 ? null : joined[which % joined.Count];
            switch (change)
            {
                case Change.Add:
                    joined.Add($"w{added}");
                    world.Join("Setup", $"w{added++}");
                    break;
                case Change.Remove when chosen is not null:
                    joined.Remove(chosen);
                    world.Remove(chosen);
                    Leave(chosen);
                    break;
                case Change.Rejoin when chosen is not null:
                    world.Leave("Setup", chosen).Join("Setup", chosen);
                    Leave(chosen);
                    break;
                case Change.Disable when chosen is not null:
                    disabled.Add(chosen);
                    world.Worker(chosen, WorkerState.Disabled);
                    waitingSinceDrawOf.Values.ToList().ForEach(waiting => waiting.Remove(chosen));
                    break;
                case Change.Enable when chosen is not null:
                    disabled.Remove(chosen);
                    world.Worker(chosen);
                    break;
                case Change.Plan when joined.Any(worker => !disabled.Contains(worker)):
                    string drawn = world.Run(Step("1", "Setup")).Draws.Single().WorkerName;
                    bool hadOthers = joined.Any(worker => worker != drawn && !disabled.Contains(worker));
                    if (disabled.Contains(drawn) || (waitingSinceDrawOf.TryGetValue(drawn, out HashSet<string>? waiting) && waiting.Count > 0) || (drawn == last && hadOthers))
                    {
                        return false;
                    }

                    waitingSinceDrawOf.Values.ToList().ForEach(others => others.Remove(drawn));
                    waitingSinceDrawOf[drawn] = [.. joined.Where(worker => worker != drawn && !disabled.Contains(worker))];
                    last = drawn;
                    break;
            }
        }

        return true;

        // A new place is a new beginning: no turn is owed to it, and none is counted against it.
        void Leave(string worker)
        {
            waitingSinceDrawOf.Remove(worker);
            waitingSinceDrawOf.Values.ToList().ForEach(waiting => waiting.Remove(worker));
        }
    }
}
