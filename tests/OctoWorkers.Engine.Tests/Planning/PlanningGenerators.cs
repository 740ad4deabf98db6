using FsCheck;
using FsCheck.Fluent;
using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Tests.Planning;

/// <summary>Random facts and runbooks: few workers, pools and packages, so that they meet each other often.</summary>
internal static class PlanningGenerators
{
    private static readonly string[] PoolNames = ["Alpha", "Beta", "Gamma"];

    private static readonly Gen<WorkerState> States = Gen.Frequency(
        (6, Gen.Constant(WorkerState.Enabled)), (1, Gen.Constant(WorkerState.Draining)), (1, Gen.Constant(WorkerState.Disabled)));

    private static readonly Gen<HealthStatus> Healths = Gen.Frequency(
        (6, Gen.Constant(HealthStatus.Healthy)), (2, Gen.Constant(HealthStatus.HasWarnings)), (1, Gen.Constant(HealthStatus.Unknown)),
        (1, Gen.Constant(HealthStatus.Unhealthy)), (1, Gen.Constant(HealthStatus.Unavailable)));

    private static readonly Gen<PackageReference> Packages =
        from id in Gen.Elements("a", "A", "b", "c/d", "d")
        from feed in Gen.Elements(null, null, "c", "C", "Feed")
        select new PackageReference(id, feed);

    internal static Arbitrary<PlanningCase> Cases { get; } = Arb.From(
        from facts in Facts()
        from runbook in Runbooks(facts.Pools)
        from skips in Gen.Frequency((3, Gen.Constant<int[]>([])), (1, Gen.ArrayOf(Gen.Choose(1, runbook.Steps.Count))))
        select new PlanningCase(facts, runbook, skips.Distinct().ToDictionary(number => number, number => $"skipped {number}")));

    internal static Gen<IReadOnlyList<PackageReference>> PackageLists { get; } =
        from count in Gen.Choose(0, 3)
        from packages in Gen.ArrayOf(Packages, count)
        select (IReadOnlyList<PackageReference>)packages;

    private static Gen<PlanningFacts> Facts()
        => from workers in Gen.Choose(0, 7).SelectMany(count => Gen.CollectToArray(Enumerable.Range(1, count), Workers))
           from poolCount in Gen.Choose(1, PoolNames.Length)
           from defaultPool in Gen.Choose(1, poolCount)
           from pools in Gen.CollectToArray(Enumerable.Range(1, poolCount), number => Pools(number, number == defaultPool, workers))
           from cursors in Gen.CollectToArray(pools, Cursors)
           from builtIn in Gen.Elements(true, false)
           select new PlanningFacts(
               pools,
               workers,
               cursors.Where(cursor => cursor.Cursor is not null).ToDictionary(cursor => cursor.Pool, cursor => cursor.Cursor!),
               builtIn);

    private static Gen<WorkerRecord> Workers(int number)
        => from state in States
           from health in Healths
           from message in Gen.Elements("", "one reason", "another reason")
           select new WorkerRecord(
               new(number), $"worker{number}", new LocalConnection(), [], [], state, WorkerRecord.BuiltIn.Health with { Status = health, Message = message }, 0);

    private static Gen<WorkerPoolRecord> Pools(int number, bool isDefault, WorkerRecord[] workers)
        => from order in Gen.Shuffle(workers)
           from count in Gen.Choose(0, workers.Length)
           from gaps in Gen.ArrayOf(Gen.Choose(1, 3), count)
           select new WorkerPoolRecord(new(number), PoolNames[number - 1], "", isDefault, Members([.. order.Take(count)], gaps));

    private static PoolMember[] Members(WorkerRecord[] workers, int[] gaps)
    {
        long position = 0;
        return [.. workers.Select((worker, index) => new PoolMember(worker.Id, position += gaps[index]))];
    }

    // A cursor stands on a member, or on the place of a worker that was removed, before, between or after the members.
    private static Gen<(WorkerPoolId Pool, PoolCursor? Cursor)> Cursors(WorkerPoolRecord pool)
    {
        long last = pool.Members.Count == 0 ? 0 : pool.Members[^1].Position;
        return from drawn in Gen.Elements(true, true, false)
               from position in Gen.Choose(1, (int)last + 3)
               let member = pool.Members.FirstOrDefault(candidate => candidate.Position == position)
               let worker = member.Position == position ? member.Worker : new WorkerId(100 + position)
               select (pool.Id, drawn ? new PoolCursor(worker, $"worker{worker.Number}", position) : null);
    }

    private static Gen<RunbookDefinition> Runbooks(IReadOnlyList<WorkerPoolRecord> pools)
        => from count in Gen.Choose(1, 10)
           from steps in Gen.CollectToArray(Enumerable.Range(1, count), number => Steps(number, pools))
           select new RunbookDefinition("Random", steps);

    private static Gen<StepDefinition> Steps(int number, IReadOnlyList<WorkerPoolRecord> pools)
        => from pool in Gen.Elements<string?>([null, .. pools.Select(pool => pool.Name), .. pools.Select(pool => pool.Name.ToUpperInvariant())])
           from packages in PackageLists
           from action in Gen.Elements<StepAction>(new ScriptAction("true"), new RunRunbookAction("Other"))
           from disabled in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
           from excluded in Gen.Frequency((9, Gen.Constant<string[]>([])), (1, Gen.Constant<string[]>([PlanningWorld.Production])))
           select new StepDefinition($"step{number}", action) { Pool = pool, Packages = packages, Disabled = disabled, ExcludedEnvironments = excluded };
}
