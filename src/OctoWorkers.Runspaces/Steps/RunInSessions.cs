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

    /// <summary>Whether all of its sessions are on a system that removes folders in which processes are.</summary>
    internal bool IsOnUnix => Attempts().All(attempt => attempt.Session.Greeting.OperatingSystem != "Windows");

    /// <summary>Whether nothing of it is on the worker.</summary>
    internal bool LeftNothing => !HasUnpacked && !HasLostKept && Tickets.Values.All(ticket => ticket.Attempt is null or { LeftNothing: true, Output.Exited: not null });

    /// <summary>Whether a session that it kept was lost, which would have removed the run's folder.</summary>
    internal bool HasLostKept { get; set; }

    /// <summary>Ends what runs in its sessions, and closes them.</summary>
    /// <param name="isSoonEnough">Whether those in which nothing runs any more may be closed a little later.</param>
    /// <returns>Whether the session that it keeps, if it keeps one, has left no folder of it.</returns>
    internal async Task<bool> CloseAsync(bool isSoonEnough)
    {
        SessionAttempt[] attempts = Attempts();
        await Task.Yield();
        await Task.WhenAll(attempts.Select(attempt => EndAsync(attempt, isSoonEnough))).ConfigureAwait(false);
        if (Kept is not { } kept)
        {
            return true;
        }

        if (!isSoonEnough)
        {
            await kept.DisposeAsync().ConfigureAwait(false);
            return false;
        }

        bool isWaiting = kept.IsWaiting;
        bool hasLeftNothing = await kept.EndRunAsync().ConfigureAwait(false);
        kept.Retire(isWaiting ? AfterStep.Wait : AfterStep.EndPipeline);
        return hasLeftNothing;
    }

    /// <summary>Waits until nothing of it runs any more, whose sessions may still be closing.</summary>
    /// <param name="closing">What <see cref="CloseAsync"/> returned.</param>
    internal Task EndedAsync(Task closing)
    {
        SessionAttempt[] attempts = Attempts();
        return attempts.All(attempt => attempt.Output.Exited is not null) ? Task.WhenAll(attempts.Select(attempt => attempt.Ended)) : closing;
    }

    private async Task EndAsync(SessionAttempt attempt, bool isSoonEnough)
    {
        if (isSoonEnough && attempt.Output.Exited is not null)
        {
            await attempt.Ended.ConfigureAwait(false);
            if (attempt.Session.IsRetired || attempt.Session == Kept)
            {
                return;
            }
        }

        await attempt.DisposeAsync().ConfigureAwait(false);
    }

    private SessionAttempt[] Attempts() => [.. Tickets.Values.Select(ticket => ticket.Attempt).OfType<SessionAttempt>()];
}
