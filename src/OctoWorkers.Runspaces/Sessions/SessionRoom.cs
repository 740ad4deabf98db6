namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What a worker can bear.</summary>
/// <param name="Processors">How many processors it has: at least 1.</param>
/// <param name="Memory">The memory that it has, or that its container may use, in bytes.</param>
internal sealed record SessionRoom(int Processors, long Memory)
{
    // What PowerShell takes for a session that nothing has run in.
    private const long OfASession = 100L << 20;

    /// <summary>What is assumed before a worker has said it.</summary>
    internal static SessionRoom Unknown { get; } = new(2, 4L << 30);

    /// <summary>How many sessions may wait there for a user: they take an eighth of its memory.</summary>
    internal int MostSpares => (int)Math.Min(int.MaxValue, Memory / 8 / OfASession);
}
