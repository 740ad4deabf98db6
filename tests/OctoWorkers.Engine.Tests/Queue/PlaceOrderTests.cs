using OctoWorkers.Engine.Queue;
using Xunit;

namespace OctoWorkers.Engine.Tests.Queue;

public sealed class PlaceOrderTests
{
    [Fact]
    public void GivenRandomPlaces_WhenTheyAreGiven_ThenNoCapIsBrokenAndNobodyWhoCouldGoIsLeft()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            (Place[] places, PlaceCaps caps) = Case(new(seed));
            Place[] given = [.. PlaceOrder.Next(places, caps)];
            Assert.All(given, place => Assert.True(place is { State: PlaceState.Waiting, IsDriven: true }, $"seed {seed}"));
            Place[] taken = [.. places.Where(place => place.State == PlaceState.Running || place is { State: PlaceState.Reserved, IsDriven: true })];
            Assert.All(given, place => Assert.True(HasRoom(place, [.. taken, .. given.Where(other => other != place)], caps), $"seed {seed}"));
            Assert.DoesNotContain(
                places.Where(place => place is { State: PlaceState.Waiting, IsDriven: true }).Except(given), place => HasRoom(place, [.. taken, .. given], caps));
        }
    }

    [Fact]
    public void GivenOneWorker_WhenManyRunsWantManyPlaces_ThenTheirSharesDifferByOneAtTheMost()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            int runs = random.Next(1, 5);
            Place[] places = [.. Enumerable.Range(1, 40).Select(number => new Place(
                number, new(random.Next(1, runs + 1)), number, new(1), new(1), PlaceState.Waiting, default))];
            int cap = random.Next(1, 20);
            Place[] given = [.. PlaceOrder.Next(places, new(new Dictionary<WorkerId, int> { [new(1)] = cap }, new Dictionary<WorkerPoolId, int>()))];
            Assert.Equal(Math.Min(cap, 40), given.Length);
            foreach (RunId run in places.Select(place => place.Run).Distinct())
            {
                int share = given.Count(place => place.Run == run);
                bool wantsMore = share < places.Count(place => place.Run == run);
                Assert.True(!wantsMore || given.CountBy(place => place.Run).All(other => other.Value <= share + 1), $"seed {seed}");
                Assert.Equal(given.Where(place => place.Run == run).Select(place => place.Number).Order(), places.Where(place => place.Run == run).Take(share).Select(place => place.Number));
            }
        }
    }

    private static (Place[] Places, PlaceCaps Caps) Case(Random random)
    {
        Dictionary<WorkerId, int> workers = Enumerable.Range(1, 3).Where(_ => random.Next(2) == 0).ToDictionary(id => new WorkerId(id), _ => random.Next(1, 4));
        Dictionary<WorkerPoolId, int> pools = Enumerable.Range(1, 2).Where(_ => random.Next(2) == 0).ToDictionary(id => new WorkerPoolId(id), _ => random.Next(1, 5));
        PlaceCaps caps = new(workers, pools);
        List<Place> places = [];
        foreach (int number in Enumerable.Range(1, random.Next(12)))
        {
            Place place = new(
                number, new(random.Next(1, 4)), number, new(random.Next(1, 4)), new(random.Next(1, 3)), (PlaceState)random.Next(3), default)
            {
                IsDriven = random.Next(6) > 0,
            };

            // A cap that was set later may be exceeded already; these cases are about what is given.
            bool fits = HasRoom(place, [.. places.Where(other => other.State != PlaceState.Waiting)], caps);
            places.Add(fits ? place : place with { State = PlaceState.Waiting });
        }

        return ([.. places], caps);
    }

    private static bool HasRoom(Place place, Place[] taken, PlaceCaps caps)
        => (!caps.Workers.TryGetValue(place.Worker, out int here) || taken.Count(other => other.Worker == place.Worker) < here)
            && (!caps.Pools.TryGetValue(place.Pool, out int there) || taken.Count(other => other.Pool == place.Pool) < there);
}
