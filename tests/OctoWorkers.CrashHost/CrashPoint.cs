using System.Diagnostics;
using System.Globalization;

namespace OctoWorkers.CrashHost;

/// <summary>
/// The moment at which this process kills itself with SIGKILL: before or after the n-th intent or effect, counted over everything that the engine
/// asks of its store and its workers.
/// </summary>
internal sealed class CrashPoint
{
    private readonly bool before;
    private readonly int number;
    private readonly TextWriter? trace;
    private int count;

    /// <param name="text"><c>before:3</c>, <c>after:3</c>, or <c>never</c>.</param>
    /// <param name="trace">Gets the name of every call; null: nobody wants them.</param>
    public CrashPoint(string text, TextWriter? trace)
    {
        this.trace = trace;
        string[] parts = text.Split(':');
        before = parts[0] == "before";
        number = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : int.MaxValue;
    }

    /// <summary>Counts a call that begins; the result is its number.</summary>
    public int Begin(string call)
    {
        int mine = Interlocked.Increment(ref count);
        trace?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mine} {call}"));
        if (before && mine == number)
        {
            Die();
        }

        return mine;
    }

    /// <summary>A call has ended.</summary>
    public void End(int mine)
    {
        if (!before && mine == number)
        {
            Die();
        }
    }

    private static void Die()
    {
        Process.GetCurrentProcess().Kill();
        new ManualResetEventSlim().Wait();
    }
}
