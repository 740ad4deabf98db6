namespace OctoWorkers.Runspaces.Sessions;

/// <summary>Divides the time of a pool into bursts and windows. The pool's lock is held around every call, and taken by what is called.</summary>
internal sealed class LoadClock : IAsyncDisposable
{
    /// <summary>How long the windows are whose load decides how many sessions are kept: spares wait for somebody to ask for one to two of them.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Users that come sooner after the one before got a session are one burst: opening one costs a worker more than half a second of processor, so that what is there is used up first.
    /// </summary>
    internal static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(400);
    private readonly ITimer _window;
    private readonly ITimer _quiet;
    private bool _isCounting;

    /// <param name="clock">The time.</param>
    /// <param name="rest">Called when a burst is over, unless somebody waits yet.</param>
    /// <param name="turn">Called when a window is over, until <see cref="Stop"/>.</param>
    internal LoadClock(TimeProvider clock, Action rest, Action turn)
    {
        _window = clock.CreateTimer(_ => turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _quiet = clock.CreateTimer(_ => rest(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether no burst is under way.</summary>
    internal bool IsQuiet { get; private set; } = true;

    /// <summary>Windows are wanted.</summary>
    internal void Start()
    {
        if (!_isCounting)
        {
            _isCounting = true;
            _window.Change(Window, Window);
        }
    }

    /// <summary>Nothing is there that a window could change.</summary>
    internal void Stop()
    {
        _isCounting = false;
        _window.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A user has come, or does not wait any more.</summary>
    internal void Enter()
    {
        Start();
        IsQuiet = false;
        _quiet.Change(QuietTime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The burst is over.</summary>
    internal void Rest() => IsQuiet = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _window.DisposeAsync().ConfigureAwait(false);
        await _quiet.DisposeAsync().ConfigureAwait(false);
    }
}
