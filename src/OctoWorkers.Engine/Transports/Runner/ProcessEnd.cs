using System.Globalization;

namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>How the process that led to a machine has ended, for messages.</summary>
internal static class ProcessEnd
{
    // What a process is said to have ended with that a signal has ended is this and the signal's number.
    private const int Signal = 128;
    private const int LastSignal = 64;

    /// <summary>A sentence, without its stop where it ends with other words.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="said">The last that it said; empty: nothing.</param>
    internal static string Describe(string program, int exitCode, string said)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{program} ended with exit code {exitCode}{(exitCode is > Signal and <= Signal + LastSignal ? $" (signal {exitCode - Signal})" : "")}{(said.Length > 0 ? $": {said}" : " and said nothing.")}");
}
