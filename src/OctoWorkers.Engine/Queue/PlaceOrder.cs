namespace OctoWorkers.Engine.Queue;

/// <summary>
/// Who of the waiting steps gets the free places: pure. Of two, the one whose run has fewer places on the same worker or pool goes first, then the
/// one that came first, so that a run of many parallel steps does not keep others out. One that cannot go does not hold up the next one that can.
/// </summary>
public static class PlaceOrder
{
    /// <summary>The waiting places that are given now, in order.</summary>
    /// <param name="places">All places, waiting and taken.</param>
    /// <param name="caps">The caps.</param>
    public static IReadOnlyList<Place> Next(IReadOnlyList<Place> places, PlaceCaps caps)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(caps);
        Counts counts = new(caps);
        foreach (Place taken in places.Where(place => place.State == PlaceState.Running || (place.State == PlaceState.Reserved && place.IsDriven)))
        {
            counts.Add(taken);
        }

        List<Place> waiting = [.. places.Where(place => place is { State: PlaceState.Waiting, IsDriven: true }).OrderBy(place => place.Number)];
        List<Place> given = [];
        while (waiting.Where(counts.HasRoom).MinBy(place => (counts.Share(place), place.Number)) is { } next)
        {
            waiting.Remove(next);
            counts.Add(next);
            given.Add(next);
        }

        return given;
    }

    private sealed class Counts(PlaceCaps caps)
    {
        private readonly Dictionary<WorkerId, int> onWorker = [];
        private readonly Dictionary<WorkerPoolId, int> inPool = [];
        private readonly Dictionary<(RunId, WorkerId), int> ofRunOnWorker = [];
        private readonly Dictionary<(RunId, WorkerPoolId), int> ofRunInPool = [];

        internal void Add(Place place)
        {
            Increment(onWorker, place.Worker);
            Increment(inPool, place.Pool);
            Increment(ofRunOnWorker, (place.Run, place.Worker));
            Increment(ofRunInPool, (place.Run, place.Pool));
        }

        internal bool HasRoom(Place place)
            => (!caps.Workers.TryGetValue(place.Worker, out int here) || onWorker.GetValueOrDefault(place.Worker) < here)
                && (!caps.Pools.TryGetValue(place.Pool, out int there) || inPool.GetValueOrDefault(place.Pool) < there);

        // Only what is scarce counts.
        internal int Share(Place place)
            => Math.Max(
                caps.Workers.ContainsKey(place.Worker) ? ofRunOnWorker.GetValueOrDefault((place.Run, place.Worker)) : 0,
                caps.Pools.ContainsKey(place.Pool) ? ofRunInPool.GetValueOrDefault((place.Run, place.Pool)) : 0);

        private static void Increment<T>(Dictionary<T, int> counts, T key)
            where T : notnull
            => counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
