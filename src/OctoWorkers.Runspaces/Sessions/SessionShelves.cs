using System.Collections;

namespace OctoWorkers.Runspaces.Sessions;

/// <summary>The shelves of a pool, one for each use. The pool's lock is held around every call.</summary>
internal sealed class SessionShelves : IEnumerable<KeyValuePair<SessionUse, SessionShelf>>
{
    private readonly Dictionary<SessionUse, SessionShelf> _shelves = new() { [SessionUse.Command] = new(comeBack: true), [SessionUse.Step] = new(comeBack: false) };

    /// <summary>The one for a use.</summary>
    internal SessionShelf this[SessionUse use] => _shelves[use];

    /// <summary>How many sessions wait for a user.</summary>
    internal int Spares => _shelves.Values.Sum(shelf => shelf.Spares);

    /// <summary>How many sessions are being opened.</summary>
    internal int Opening => _shelves.Values.Sum(shelf => shelf.Opening);

    /// <summary>Whether a user waits for a session.</summary>
    internal bool SomebodyWaits => _shelves.Values.Any(shelf => shelf.Waiting > 0);

    /// <summary>Whether the load asks for any to be there ahead.</summary>
    internal bool AreWanted => _shelves.Values.Any(shelf => shelf.Wanted > 0);

    /// <summary>One with spares for another use than this one's; null: there is none.</summary>
    internal SessionShelf? OtherWithSpares(SessionShelf shelf) => _shelves.Values.FirstOrDefault(other => other != shelf && other.Spares > 0);

    /// <summary>Does something with each.</summary>
    internal void ForEach(Action<SessionShelf> action)
    {
        foreach (SessionShelf shelf in _shelves.Values)
        {
            action(shelf);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<SessionUse, SessionShelf>> GetEnumerator() => _shelves.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
