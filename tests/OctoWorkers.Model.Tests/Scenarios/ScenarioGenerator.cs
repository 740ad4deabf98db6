using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Model.Tests.Operations;
using OctoWorkers.TestKit.Workers;

namespace OctoWorkers.Model.Tests.Scenarios;

/// <summary>Random scenarios: few workers, pools, tags and runbooks, so that they meet each other often.</summary>
internal static class ScenarioGenerator
{
    private const int MostOperations = 20;

    private static readonly Gen<bool> Rarely = Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)));
    private static readonly Gen<bool> Sometimes = Gen.Elements(true, false, false);

    private static readonly Gen<SimulatedScript> Scripts =
        from lines in Gen.Choose(0, 4)
        from errors in Gen.Choose(0, 1)
        from failures in Gen.Frequency((7, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(9)))
        from holds in Sometimes
        from isLost in Gen.Frequency((19, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new SimulatedScript(lines, errors, failures, holds, isLost);

    /// <summary>Scenarios, each with the seed it was made from, and simpler ones of one that fails.</summary>
    public static Arbitrary<Scenario> Of(int seed) => Arb.From(
        from cap in Gen.Elements(1, 2, 2, 3)
        from count in Gen.Choose(1, 4)
        from runbooks in Gen.CollectToArray(Enumerable.Range(0, count), place => Runbooks(place, count))
        from workers in Gen.Elements(0, 2, 2, 3, 3, 3, 4)
        from size in Gen.Choose(4, MostOperations)
        from operations in Gen.ArrayOf(OperationGenerator.Operations, size)
        select new Scenario(seed, cap, runbooks, [.. Enumerable.Range(1, workers).Select(worker => new WorkerOperation.Add(worker)), .. operations]),
        ScenarioShrinker.Simpler);

    /// <summary>The scenario of a seed.</summary>
    public static Scenario Make(int seed) => Of(seed).Generator.Sample(10, new Rnd((ulong)seed), 1)[0];

    // Only later runbooks are run by a step: there is no circle.
    private static Gen<RunbookSpec> Runbooks(int place, int count)
        => from size in Gen.Choose(1, 3)
           from steps in Gen.ArrayOf(Steps(place, count), size)
           from guided in Sometimes
           from timesOut in Rarely
           from expires in Rarely
           from tag in Gen.Elements(null, null, "red", "RED", "blue")
           from isolated in Rarely
           from skips in Sometimes
           select new RunbookSpec(steps) { Guided = guided, TimesOut = timesOut, Expires = expires, Tag = tag, Isolated = isolated, SkipsUnavailable = skips };

    private static Gen<StepSpec> Steps(int place, int count)
        => from kind in Gen.Frequency((7, Gen.Constant(StepKind.Script)), (place + 1 < count ? 2 : 0, Gen.Constant(StepKind.Child)), (1, Gen.Constant(StepKind.Manual)))
           from second in Sometimes
           from least in Sometimes
           from targets in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2)))
           from window in Gen.Elements<int?>(null, 1, 2)
           from package in Gen.Elements(0, 0, 1, 2, 2)
           from script in Scripts
           from child in Gen.Choose(Math.Min(place + 1, count - 1), count - 1)
           from waits in Gen.Elements(true, true, false)
           from retries in Gen.Elements(0, 0, 1, 2)
           from timesOut in Rarely
           from idempotent in Rarely
           from condition in Gen.Frequency(
               (8, Gen.Constant(StepCondition.Success)), (1, Gen.Constant(StepCondition.Always)), (1, Gen.Constant(StepCondition.Failure)))
           from beside in Sometimes
           select new StepSpec(kind)
           {
               InSecondPool = second, InLeastPool = least, Targets = kind == StepKind.Script ? targets : 0, Window = window, Package = kind == StepKind.Script ? package : 0, Script = script, Child = child, Waits = waits,
               Retries = kind == StepKind.Manual ? 0 : retries, TimesOut = timesOut && kind != StepKind.Manual,
               Idempotent = idempotent, Condition = condition, Beside = beside,
           };
}
