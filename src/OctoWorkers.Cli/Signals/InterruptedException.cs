using System.Runtime.InteropServices;

namespace OctoWorkers.Cli.Signals;

/// <summary>A signal ended the command before its work was done; what it left behind goes on by itself, as it has said.</summary>
/// <param name="signal">Which.</param>
internal sealed class InterruptedException(PosixSignal signal) : Exception($"Ended by {signal}.")
{
    /// <summary>The signal.</summary>
    internal PosixSignal Signal => signal;
}
