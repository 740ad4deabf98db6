using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>The runs and tickets of a worker as this process knows them: what a runner keeps in files. All members may be called from several threads at once.</summary>
internal sealed class SessionRuns(MachineName worker)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunInSessions> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _closings = [];

    /// <summary>See <see cref="IWorkerChannel.EnterRunAsync"/>.</summary>
    internal RunOnWorker Enter(string run, long fencingToken, long knownUnder)
    {
        lock (_gate)
        {
            bool wasKnown = _runs.TryGetValue(run, out RunInSessions? known);
            if ((known?.FencingToken ?? 0) < knownUnder)
            {
                return new(false, []);
            }

            if (known is null)
            {
                _runs.Add(run, known = new());
            }

            Fence(run, known, fencingToken);
            known.FencingToken = fencingToken;
            return new(wasKnown, [.. known.Tickets.Where(ticket => ticket.Value.Attempt is not null || ticket.Value.IsRefused)
                .Select(ticket => ticket.Value.Attempt?.State ?? new TicketOnWorker(ticket.Key, TicketState.Refused, null))]);
        }
    }

    /// <summary>Takes a ticket, and the session that its run keeps.</summary>
    /// <param name="start">The attempt.</param>
    /// <param name="keeps">Whether its run keeps a session.</param>
    /// <returns>The run and its ticket, and whether the session was lost that it has kept; a result instead when the ticket was used before.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.FencedOut"/>.</exception>
    internal (RunInSessions Run, StepTicket Ticket, RentedSession? Kept, bool HasLostKept, StartResult? Used) Take(AttemptStart start, bool keeps)
    {
        lock (_gate)
        {
            RunInSessions run = Known(start.Run);
            Fence(start.Run, run, start.FencingToken);
            if (run.Tickets.TryGetValue(start.Ticket, out StepTicket? used))
            {
                return (run, used, null, false, used.IsRefused ? StartResult.Refused : StartResult.AlreadyStarted);
            }

            StepTicket ticket = new();
            run.Tickets.Add(start.Ticket, ticket);
            RentedSession? kept = keeps && run.Kept is { IsBroken: false } whole ? whole : null;
            bool hasLostKept = keeps && run.Kept is { IsBroken: true };
            run.HasLostKept |= hasLostKept;
            run.Kept = kept is null && !hasLostKept ? run.Kept : null;
            return (run, ticket, kept, hasLostKept, null);
        }
    }

    /// <summary>Begins the attempt of a ticket that was taken, unless it is refused or its run was removed meanwhile.</summary>
    /// <returns>Whether it has begun.</returns>
    internal bool Begin(AttemptStart start, RunInSessions run, StepTicket ticket, Func<SessionAttempt> begin)
    {
        lock (_gate)
        {
            if (ticket.IsRefused || run.IsRemoved)
            {
                return false;
            }

            Fence(start.Run, run, start.FencingToken);
            ticket.Attempt = begin();
            return true;
        }
    }

    /// <summary>A ticket whose attempt could not begin, which is certain, is free again.</summary>
    internal void Free(AttemptStart start, RunInSessions run, StepTicket ticket)
    {
        lock (_gate)
        {
            if (!ticket.IsRefused)
            {
                run.Tickets.Remove(start.Ticket);
            }
        }
    }

    /// <summary>Keeps a session for the run's next step, if it has none.</summary>
    /// <returns>Whether it does.</returns>
    internal bool Keep(RunInSessions run, RentedSession session)
    {
        lock (_gate)
        {
            if (run.IsRemoved || run.Kept is { IsBroken: false })
            {
                return false;
            }

            run.HasLostKept |= run.Kept is not null;
            run.Kept = session;
            return true;
        }
    }

    /// <summary>An attempt; null: it was refused.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.OutcomeUnknown"/>: there is no such ticket.</exception>
    internal SessionAttempt? Find(string ticket)
    {
        lock (_gate)
        {
            foreach (RunInSessions run in _runs.Values)
            {
                if (run.Tickets.TryGetValue(ticket, out StepTicket? known) && (known.Attempt is not null || known.IsRefused))
                {
                    return known.Attempt;
                }
            }
        }

        throw new OctoWorkersException(EngineError.OutcomeUnknown, $"{worker} knows of no attempt '{ticket}'; what became of it is unknown.", ticket);
    }

    /// <summary>Refuses a ticket that has not begun, as everything of a run that is not known is; otherwise its attempt.</summary>
    internal SessionAttempt? FindOrRefuse(string run, string ticket)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(run, out RunInSessions? known))
            {
                return null;
            }

            if (!known.Tickets.TryGetValue(ticket, out StepTicket? used))
            {
                known.Tickets.Add(ticket, used = new());
            }

            used.IsRefused = used.Attempt is null;
            return used.Attempt;
        }
    }

    /// <summary>Whether an attempt has not begun, so that files may come to its folder.</summary>
    internal bool IsFree(string run, long fencingToken, string ticket)
    {
        lock (_gate)
        {
            RunInSessions known = Known(run);
            Fence(run, known, fencingToken);
            known.HasUnpacked = true;
            return !known.Tickets.ContainsKey(ticket);
        }
    }

    /// <summary>Forgets a run and closes its sessions.</summary>
    /// <returns>
    /// Whether its steps have left nothing on the worker; what ends when its sessions are closed, with whether one that it kept has left nothing either, and when nothing runs in them any more.
    /// </returns>
    internal (bool LeftNothing, Task<bool> Closed, Task Ended) Remove(string run)
    {
        lock (_gate)
        {
            if (!_runs.Remove(run, out RunInSessions? known))
            {
                return (false, Task.FromResult(false), Task.CompletedTask);
            }

            known.IsRemoved = true;
            bool leftNothing = known.LeftNothing;
            // Windows removes no folder that a process is in.
            Task<bool> closing = known.CloseAsync(isSoonEnough: known.IsOnUnix);
            _closings.RemoveWhere(task => task.IsCompleted);
            _closings.Add(closing);
            return (leftNothing, closing, known.EndedAsync(closing));
        }
    }

    /// <summary>Forgets all runs and closes all sessions.</summary>
    internal Task CloseAsync()
    {
        lock (_gate)
        {
            Task[] closings = [.. _closings, .. _runs.Values.Select(run => run.CloseAsync(isSoonEnough: false))];
            _runs.Clear();
            return Task.WhenAll(closings);
        }
    }

    private RunInSessions Known(string run)
        => _runs.TryGetValue(run, out RunInSessions? known)
            ? known
            : throw new OctoWorkersException(EngineError.FencedOut, $"Run '{run}' was not entered on {worker.Within}; enter it first.", run);

    private static void Fence(string run, RunInSessions known, long token)
    {
        if (known.FencingToken > token)
        {
            throw new OctoWorkersException(
                EngineError.FencedOut, $"Run '{run}' has a newer owner: the worker has seen fencing token {known.FencingToken}, above {token}.", run);
        }
    }
}
