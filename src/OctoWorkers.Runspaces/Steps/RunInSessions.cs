using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>What a worker knows of a run: in this process, and nowhere else.</summary>
internal sealed class RunInSessions
{
    /// <summary>The highest token seen.</summary>
    internal long FencingToken { get; set; }

    /// <summary>Its tickets.</summary>
    internal Dictionary<string, StepTicket> Tickets { get; } = new(StringComparer.Ordinal);

    /// <summary>The session that it keeps for its next step; null: none now.</summary>
    internal RentedSession? Kept { get; set; }

    /// <summary>Whether it was removed: it keeps nothing any more.</summary>
    internal bool IsRemoved { get; set; }
}
