using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Model.Tests.Operations;
using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Scenarios;

/// <summary>Random operations.</summary>
internal static class OperationGenerator
{
    private static readonly Gen<bool> Coins = Gen.Elements(true, false);
    private static readonly Gen<int> Workers = Gen.Choose(1, WorkerOperation.Count);
    private static readonly Gen<int> Machines = Gen.Frequency((4, Workers), (1, Gen.Choose(WorkerOperation.Count + 1, WorkerOperation.Count + StoreTemplate.Targets.Count)));
    private static readonly Gen<int> Targets = Gen.Choose(0, StoreTemplate.Targets.Count - 1);
    private static readonly Gen<int?> Caps = Gen.Elements<int?>(null, 1, 2);
    private static readonly Gen<int> Places = Gen.Choose(0, 5);

    /// <summary>Operations; of two, one does not wait until what came before it has settled.</summary>
    public static Gen<Operation> Operations { get; } =
        from operation in Gen.Frequency((12, Runs()), (5, People()), (6, OfWorkers()), (2, OfTargets()), (4, OfWires()), (5, OfEngines()), (3, OfQueue()), (1, OfPools()), (3, OfTime()))
        from hurries in Coins
        select operation with { Hurries = hurries };

    private static Gen<Operation> Runs()
        => Gen.Frequency(
            (6, Of(from runbook in Gen.Choose(0, 3)
                   from detached in Coins
                   from priority in Gen.Frequency((4, Gen.Constant<RunPriority?>(null)), (1, Gen.Elements<RunPriority?>(RunPriority.High, RunPriority.Low)))
                   from forTenant in Coins
                   select new RunOperation.Start(runbook, detached, priority, forTenant))),
            (1, Of(from run in Places
                   from detached in Coins
                   select new RunOperation.Rerun(run, detached))),
            (2, Of(Places.Select(run => new RunOperation.Cancel(run)))));

    private static Gen<Operation> People()
        => Of(from place in Gen.Choose(0, 2)
              from answer in Gen.Choose(0, 2)
              from twice in Gen.Elements(true, false, false)
              select new PersonOperation.Answer(place, answer, twice));

    private static Gen<Operation> OfWorkers()
        => Gen.Frequency(
            (3, Of(Workers.Select(worker => new WorkerOperation.Add(worker)))),
            (1, Of(Workers.Select(worker => new WorkerOperation.Remove(worker)))),
            (1, Of(from worker in Workers
                   from cap in Caps
                   select new WorkerOperation.SetCap(worker, cap))),
            (1, Of(Workers.Select(worker => new WorkerOperation.ForceRemove(worker)))),
            (2, Of(from worker in Workers
                   from state in Gen.Elements(WorkerState.Enabled, WorkerState.Disabled)
                   select new WorkerOperation.Set(worker, state))),
            (1, Of(from worker in Workers
                   from cancels in Coins
                   select new WorkerOperation.Drain(worker, cancels))));

    private static Gen<Operation> OfTargets()
        => Gen.Frequency(
            (2, Of(Targets.Select(target => new TargetOperation.Put(target)))),
            (2, Of(from target in Targets
                   from disabled in Coins
                   select new TargetOperation.Set(target, disabled))),
            (1, Of(Targets.Select(target => new TargetOperation.Remove(target)))),
            (1, Of(Targets.Select(target => new TargetOperation.ForceRemove(target)))));

    private static Gen<Operation> OfPools()
        => Gen.Frequency(
            (2, Of(Caps.Select(cap => new PoolOperation.SetCap(cap)))),
            (1, Of(Gen.Elements(PoolPolicy.RoundRobin, PoolPolicy.LeastLeases).Select(policy => new PoolOperation.SetPolicy(policy)))));

    private static Gen<Operation> OfWires()
        => Gen.Frequency(
            (2, Of(Machines.Select(worker => new WireOperation.Cut(worker)))),
            (3, Of(from worker in Machines
                   from calls in Gen.Choose(0, 6)
                   from hasEffect in Coins
                   select new WireOperation.CutAt(worker, calls, hasEffect))),
            (2, Of(from worker in Machines
                   from isGone in Coins
                   select new WireOperation.Vanish(worker, isGone))),
            (2, Of(from worker in Machines
                   from hangs in Coins
                   select new WireOperation.Hang(worker, hangs))),
            (1, Of(from worker in Machines
                   from losesDisk in Coins
                   select new WireOperation.Restart(worker, losesDisk))));

    private static Gen<Operation> OfEngines()
        => Gen.Frequency(
            (4, Of(Coins.Select(isDriver => new EngineOperation.Kill(isDriver)))),
            (1, Of(Coins.Select(isDriver => new EngineOperation.Leave(isDriver)))),
            (2, Of(Coins.Select(isDriver => new EngineOperation.LoseDeclaration(isDriver)))));

    private static Gen<Operation> OfQueue()
        => Gen.Frequency(
            (1, Of(Gen.Constant(new QueueOperation.Pause()))),
            (1, Of(Gen.Choose(1, 3).Select(cap => new QueueOperation.SetCap(cap)))),
            (2, Of(Gen.Constant(new QueueOperation.Resume()))),
            (2, Of(Places.Select(run => new QueueOperation.MoveToTop(run)))),
            (1, Of(from run in Places
                   from priority in Gen.Elements(RunPriority.High, RunPriority.Low)
                   select new QueueOperation.SetPriority(run, priority))));

    private static Gen<Operation> OfTime()
        => Gen.Frequency(
            (2, Of(Gen.Elements(1, 11, 25, 70, 70).Select(minutes => new TimeOperation.Turn(minutes)))),
            (3, Of(Gen.Choose(1, 3).Select(count => new TimeOperation.Finish(count)))));

    private static Gen<Operation> Of<T>(Gen<T> operations)
        where T : Operation
        => operations.Select(Operation (operation) => operation);
}
