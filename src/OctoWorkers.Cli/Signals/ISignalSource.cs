using System.Runtime.InteropServices;

namespace OctoWorkers.Cli.Signals;

/// <summary>Signals that the operating system sends to this process.</summary>
internal interface ISignalSource
{
    /// <summary>Hears SIGINT, SIGTERM and SIGHUP, which then do nothing by themselves, until the result is disposed.</summary>
    /// <param name="handler">Called on any thread, once a signal.</param>
    IDisposable Hear(Action<PosixSignal> handler);
}
