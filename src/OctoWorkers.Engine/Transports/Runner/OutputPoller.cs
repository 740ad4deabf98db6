namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>
/// Asks a runner that cannot wait for output to look for it, while something is followed: often after there was some, ever more
/// rarely after there was none.
/// </summary>
internal sealed class OutputPoller : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private readonly RunnerConnection _connection;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _followed = new(0);
    private readonly Task _loop;
    private readonly CancellationToken _broken;

    internal OutputPoller(RunnerConnection connection, TimeProvider clock)
    {
        _connection = connection;
        _clock = clock;
        _broken = connection.Broken;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Something is followed now.</summary>
    internal void Follow()
    {
        if (_followed.CurrentCount == 0)
        {
            _followed.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.ConfigureAwait(false);
        
    }

    private async Task LoopAsync()
    {
        ReadOnlyMemory<byte> poll = new CommandWriter("poll").End();
        try
        {
            while (true)
            {
                await _followed.WaitAsync(_broken).ConfigureAwait(false);
                TimeSpan pause = Shortest;
                long received = _connection.Received;
                while (_connection.Following > 0)
                {
                    await Task.Delay(pause, _clock, _broken).ConfigureAwait(false);
                    _connection.Send(poll);
                    pause = _connection.Received != received ? Shortest : pause * 1.5 < Longest ? pause * 1.5 : Longest;
                    received = _connection.Received;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has broken: there is nothing to ask any more.
        }
    }
}
