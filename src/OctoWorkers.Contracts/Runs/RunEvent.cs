namespace OctoWorkers;

/// <summary>One entry of a run's journal. The run's state is what its events say, in order.</summary>
public abstract record RunEvent
{
    private protected RunEvent()
    {
    }

    /// <summary>When it was recorded, by the engine's clock. Order comes from the journal, never from this.</summary>
    public required DateTimeOffset At { get; init; }
}
