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

    /// <summary>Whether files may have come to a folder of it without an attempt.</summary>
    internal bool HasUnpacked { get; set; }

    /// <summary>Whether nothing of it is on the worker.</summary>
    internal bool LeftNothing => !HasUnpacked && Tickets.Values.All(ticket => ticket.Attempt is null or { LeftNothing: true, Output.Exited: not null });

    /// <summary>Ends what runs in its sessions, and closes them.</summary>
    internal async Task CloseAsync()
    {
        SessionAttempt[] attempts = Attempts();
        await Task.Yield();
        await Task.WhenAll(attempts.Select(attempt => attempt.DisposeAsync().AsTask())).ConfigureAwait(false);
        if (Kept is { } kept)
        {
            await kept.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits until nothing of it runs any more, whose sessions may still be closing.</summary>
    /// <param name="closing">What <see cref="CloseAsync"/> returned.</param>
    internal Task EndedAsync(Task closing)
    {
        SessionAttempt[] attempts = Attempts();
        return attempts.All(attempt => attempt.Output.Exited is not null) ? Task.WhenAll(attempts.Select(attempt => attempt.Ended)) : closing;
    }

    private SessionAttempt[] Attempts() => [.. Tickets.Values.Select(ticket => ticket.Attempt).OfType<SessionAttempt>()];
}
