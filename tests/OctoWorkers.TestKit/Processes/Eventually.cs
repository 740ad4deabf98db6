namespace OctoWorkers.TestKit.Processes;

/// <summary>Waits for a condition instead of sleeping.</summary>
public static class Eventually
{
    /// <summary>Waits until it holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It did not hold within two minutes.</exception>
    public static async Task HoldsAsync(Func<bool> condition, string what, CancellationToken cancellationToken)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(begin) > TimeSpan.FromMinutes(2))
            {
                throw new TimeoutException($"It did not happen in two minutes: {what}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }
}
