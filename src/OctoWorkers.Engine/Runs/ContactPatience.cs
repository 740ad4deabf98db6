namespace OctoWorkers.Engine.Runs;

/// <summary>How long a worker that does not answer is tried for an attempt.</summary>
internal static class ContactPatience
{
    /// <summary>How long one that is to end an attempt is tried before the receipt says unverified.</summary>
    public static readonly TimeSpan WhileStopping = TimeSpan.FromSeconds(30);

    /// <summary>How long one is tried now.</summary>
    public static TimeSpan Of(EngineSettings settings, StopSignal stop)
        => stop.Reason is null || settings.LostContactTimeout < WhileStopping ? settings.LostContactTimeout : WhileStopping;
}
