namespace OctoWorkers;

/// <summary>By when a draining worker is to be free.</summary>
/// <param name="Deadline">When.</param>
/// <param name="Cancels">Whether the runs that still have a lease on it then are canceled; otherwise they are only told of.</param>
/// <param name="By">Who asked: the operating system's user.</param>
public sealed record WorkerDrain(DateTimeOffset Deadline, bool Cancels, string By);
