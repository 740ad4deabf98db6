namespace OctoWorkers.PowerShell.Remoting;

/// <summary>
/// Stops an input that takes too long. What counts is the worker's time: not that in which it stands still because what it has written is not taken, nor that in which results wait here after it
/// has ended there.
/// </summary>
internal sealed class InputLimit : IDisposable
{
    /// <summary>How soon it looks again where a worker that has little time left stands still.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly TimeSpan limit;
    private readonly TimeSpan patience;
    private readonly SessionPipeline running;
    private readonly TimeProvider time;
    private readonly TimeSpan stood;
    private readonly long since;
    private readonly ITimer timer;
    private bool isLate;
    private bool isOver;

    /// <summary>Begins to count.</summary>
    /// <param name="limit">How long it may take.</param>
    /// <param name="patience">How long one that was told to stop is waited for.</param>
    /// <param name="running">The pipeline, which was just given the input.</param>
    /// <param name="time">The clock.</param>
    internal InputLimit(TimeSpan limit, TimeSpan patience, SessionPipeline running, TimeProvider time)
    {
        this.limit = limit;
        this.patience = patience;
        this.running = running;
        this.time = time;
        stood = running.Stood;
        since = time.GetTimestamp();
        timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>All that belongs to the input was taken.</summary>
    /// <returns>Whether it came in time; else the pipeline is being stopped, and ends.</returns>
    internal bool End()
    {
        lock (gate)
        {
            isOver = !isLate;
            return isOver;
        }
    }

    /// <summary>Ends counting.</summary>
    public void Dispose() => timer.Dispose();

    private void Look()
    {
        if (!IsStopDue())
        {
            return;
        }

        try
        {
            running.Stop();
        }
        catch (Exception)
        {
            // A session that breaks meanwhile throws whatever it stumbles over; that it is gone comes as a record, or is not waited for.
        }
    }

    private bool IsStopDue()
    {
        lock (gate)
        {
            if (isLate)
            {
                running.GiveUp();
                return false;
            }

            if (isOver || running.HasAnswered)
            {
                return false;
            }

            TimeSpan left = limit - (time.GetElapsedTime(since) - (running.Stood - stood));
            isLate = left <= TimeSpan.Zero;
            timer.Change(isLate ? patience : left > Pause ? left : Pause, Timeout.InfiniteTimeSpan);
            return isLate;
        }
    }
}
