using System.Text;
using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Storage.Tests.Contract;

/// <summary>Things to store.</summary>
public static class Sample
{
    public static DateTimeOffset Now { get; } = new(2024, 2, 29, 23, 59, 58, 765, TimeSpan.Zero);

    public static RunbookDefinition Runbook(string name) => new(name, [new("Say", new ScriptAction("echo hello"))]);

    public static WorkerDefinition Worker(string name, params string[] pools)
        => new(name, new SshConnection("worker.example") { User = "deploy" }, pools.Length == 0 ? [WorkerPoolDefinition.DefaultName] : pools);

    public static LogChunk Chunk(long first, string text, int step = 1, LogLevel level = LogLevel.Information)
        => new(first, step, 1, first, text.Count(c => c == '\n'), Now, level, false, Encoding.UTF8.GetBytes(text));

    public static Wait Wait(string what, WaitKind kind = WaitKind.Lock) => new(kind, what, Now, [new("somebody")]);

    /// <summary>The draw of the next worker of a pool, as a planner would make it.</summary>
    public static WorkerDraw Draw(PlanningFacts facts, string pool, string key)
    {
        WorkerPoolRecord record = facts.Pools.Single(candidate => EntityName.Comparer.Equals(candidate.Name, pool));
        facts.Cursors.TryGetValue(record.Id, out PoolCursor? before);
        PoolMember next = record.Members.Where(member => member.Position > (before?.Position ?? 0)).Append(record.Members[0]).First();
        WorkerRecord worker = facts.Workers.Single(candidate => candidate.Id == next.Worker);
        return new(
            new(key), record.Id, record.Name, worker.Id, worker.Name, before, new(worker.Id, worker.Name, next.Position), [], "next in the pool");
    }

    public static RunPlanned Planned(params WorkerDraw[] draws) => new(new RunPlan([], draws)) { At = Now };
}
