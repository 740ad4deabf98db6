namespace OctoWorkers.Engine.Commands;

/// <summary>The workers that a command cannot use, with the first reason of each.</summary>
internal sealed class LostWorkers
{
    private readonly List<(string Worker, OctoWorkersException Error)> lost = [];

    /// <summary>Adds one.</summary>
    /// <returns>Whether it is a new one.</returns>
    internal bool Add(string worker, OctoWorkersException error)
    {
        bool isNew = lost.All(known => known.Worker != worker);
        if (isNew)
        {
            lost.Add((worker, error));
        }

        return isNew;
    }

    /// <summary>What it means when there is no other.</summary>
    internal OctoWorkersException NobodyLeft()
    {
        string reasons = string.Join(" ", lost.Select(one => Names(one.Error, one.Worker) ? one.Error.Message : $"{one.Worker}: {one.Error.Message}"));
        return new(EngineError.NoEligibleWorker, $"No worker is left to take inputs. {reasons}", lost[0].Worker, lost[0].Error);
    }

    private static bool Names(OctoWorkersException error, string worker) => error.Message.Contains($"'{worker}'", StringComparison.OrdinalIgnoreCase);
}
