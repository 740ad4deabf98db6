using OctoWorkers.Engine.Queue;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// The places of a run's steps among the running steps of workers and pools. One that is given belongs to the attempt from its intent on, and the store
/// takes it back with the attempt's end; one that is no longer wanted before that is given back here.
/// </summary>
internal sealed class RunPlaces(RunRecord run, RunServices services, RunWork work)
{
    private readonly Dictionary<int, PlaceRequest> waiting = [];
    private readonly Dictionary<int, PlaceRequest> given = [];
    private readonly HashSet<int> wanted = [];

    /// <summary>Whether an attempt may begin on its worker; when not, the loop is told as soon as it may.</summary>
    public async Task<bool> TakeAsync(int step, int attempt, StepMachine machine)
    {
        wanted.Add(step);
        if (machine.Pool is not { } pool)
        {
            // Deployment targets have no caps: their locks keep order.
            return true;
        }

        PlaceRequest place = new(run.Id, run.FencingToken, step, attempt, machine.Machine, pool, services.Time.GetUtcNow());
        if (IsSame(given.GetValueOrDefault(step), place))
        {
            return true;
        }

        if (IsSame(waiting.GetValueOrDefault(step), place))
        {
            return false;
        }

        await GiveUpAsync(step).ConfigureAwait(false);
        if (await services.Store.TryTakePlaceAsync(place, CancellationToken.None).ConfigureAwait(false))
        {
            given[step] = place;
            return true;
        }

        waiting[step] = place;
        work.TakePlace(place);
        return false;
    }

    /// <summary>Whether a step waits for a place.</summary>
    public bool IsWaiting => waiting.Count > 0;

    /// <summary>A place that was waited for has been given.</summary>
    public async Task HearAsync(PlaceRequest place)
    {
        if (IsSame(waiting.GetValueOrDefault(place.Step), place))
        {
            waiting.Remove(place.Step);
            given[place.Step] = place;
        }
        else
        {
            await HearGivenUpAsync(place).ConfigureAwait(false);
        }
    }

    /// <summary>A wait has ended after its place was given up; the store may have been asked once more in between.</summary>
    public async Task HearGivenUpAsync(PlaceRequest place)
    {
        if (!waiting.ContainsKey(place.Step) && !given.ContainsKey(place.Step))
        {
            await services.Store.GiveUpPlaceAsync(place, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The attempt begins: its place is the store's matter now.</summary>
    public void Begin(int step) => given.Remove(step);

    /// <summary>What was asked for since the last <see cref="SettleAsync"/> is decided anew.</summary>
    public void Reconsider() => wanted.Clear();

    /// <summary>Gives up what was not asked for again since the last call.</summary>
    public async Task SettleAsync()
    {
        foreach (int step in waiting.Keys.Concat(given.Keys).Where(step => !wanted.Contains(step)).ToArray())
        {
            await GiveUpAsync(step).ConfigureAwait(false);
        }

        wanted.Clear();
    }

    private async Task GiveUpAsync(int step)
    {
        work.GiveUpPlace(step);
        foreach (Dictionary<int, PlaceRequest> places in (Dictionary<int, PlaceRequest>[])[waiting, given])
        {
            if (places.Remove(step, out PlaceRequest? place))
            {
                await services.Store.GiveUpPlaceAsync(place, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static bool IsSame(PlaceRequest? known, PlaceRequest place) => known is not null && known with { At = place.At } == place;
}
