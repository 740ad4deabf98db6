using OctoWorkers.Engine.Planning;

namespace OctoWorkers.Engine.Tests.Planning;

/// <summary>Writes facts so that a counter-example can be read and two can be compared.</summary>
internal static class FactsText
{
    internal static string Of(PlanningFacts facts)
        => string.Join("; ", facts.Pools.Select(pool => $"{pool.Name}{(pool.IsDefault ? "*" : "")}=[{string.Join(',', pool.Members.Select(member => $"{member.Worker}@{member.Position}"))}]"))
            + "\nWorkers: " + string.Join(", ", facts.Workers.Select(worker => $"{worker.Name}:{worker.State}:{worker.Health.Status}"))
            + "\nCursors: " + string.Join(", ", facts.Cursors.OrderBy(cursor => cursor.Key).Select(cursor => $"{cursor.Key}:{cursor.Value}"))
            + $"\nBuilt-in: {facts.BuiltInWorkerEnabled}";
}
