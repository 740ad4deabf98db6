namespace OctoWorkers.Runspaces.Transports;

/// <summary>How much has come from a pipeline on a worker and was not taken yet. Who lets more come waits here, on a thread of its own.</summary>
public sealed class PipelineFlow : IDisposable
{
    /// <summary>How many records may wait to be taken.</summary>
    public const int MostRecords = 2000;

    /// <summary>How many bytes of them; one record always may.</summary>
    public const long MostBytes = 4 << 20;

    private readonly object _gate = new();
    private readonly Queue<long> _weights = new();
    private long _weight;
    private bool _isFull;
    private bool _isOver;
    private TimeSpan _waited;
    private long? _since;

    /// <summary>Makes one.</summary>
    /// <param name="pipeline">The pipeline's id.</param>
    /// <param name="largest">How large an object may be, in bytes; null: as large as it likes.</param>
    public PipelineFlow(Guid pipeline, int? largest)
    {
        Pipeline = pipeline;
        Largest = largest ?? long.MaxValue;
    }

    /// <summary>Whether nobody watches any more.</summary>
    internal bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _isOver;
            }
        }
    }

    /// <summary>For how long altogether somebody has waited for room.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (_gate)
            {
                return _waited + (_since is { } since ? TimeProvider.System.GetElapsedTime(since) : TimeSpan.Zero);
            }
        }
    }

    internal Guid Pipeline { get; }

    internal long Largest { get; }

    /// <summary>Waits until there is room.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (!_isFull || _isOver)
            {
                return;
            }

            long since = TimeProvider.System.GetTimestamp();
            _since = since;
            while (_isFull && !_isOver)
            {
                Monitor.Wait(_gate);
            }

            _waited += TimeProvider.System.GetElapsedTime(since);
            _since = null;
        }
    }

    /// <summary>One more has come.</summary>
    /// <param name="weight">Its bytes.</param>
    public void Add(long weight)
    {
        lock (_gate)
        {
            _weights.Enqueue(weight);
            _weight += weight;
            _isFull = _isFull || _weights.Count >= MostRecords || _weight >= MostBytes;
        }
    }

    /// <summary>The oldest ones were taken.</summary>
    /// <param name="count">How many.</param>
    public void Take(int count)
    {
        lock (_gate)
        {
            for (int taken = 0; taken < count && _weights.TryDequeue(out long weight); taken++)
            {
                _weight -= weight;
            }

            // Not for each one again.
            if (_isFull && _weights.Count <= MostRecords / 2 && _weight <= MostBytes / 2)
            {
                _isFull = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Lets everything come.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }
    }
}
