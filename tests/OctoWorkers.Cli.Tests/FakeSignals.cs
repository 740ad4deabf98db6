using System.Runtime.InteropServices;
using OctoWorkers.Cli.Signals;

namespace OctoWorkers.Cli.Tests;

/// <summary>Signals that a test sends.</summary>
internal sealed class FakeSignals : ISignalSource, IDisposable
{
    private readonly SemaphoreSlim heard = new(0);
    private Action<PosixSignal>? handler;

    public IDisposable Hear(Action<PosixSignal> handler)
    {
        this.handler = handler;
        heard.Release();
        return this;
    }

    internal async Task SendAsync(PosixSignal signal)
    {
        if (handler is null)
        {
            Assert.True(await heard.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), "Nobody hears signals.");
        }

        handler!(signal);
    }

    public void Dispose()
    {
    }
}
