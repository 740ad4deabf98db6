using System.Globalization;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>A worker as this process knows it: what runs in sessions there outlives a channel, never the process.</summary>
internal sealed class SessionWorker(WorkerAddress address, PowerShellConnection connection, WorkerSessions sessions) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunInSessions> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _closings = [];

    /// <summary>The worker's name.</summary>
    internal string Name => address.Name;

    /// <summary>The engine's own session there.</summary>
    internal HouseSession House { get; } = new(address.Name, connection, sessions);

    /// <summary>Somebody is about to start a step.</summary>
    internal void Expect() => sessions.Expect(Name, connection, SessionUse.Step);

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

    /// <summary>See <see cref="IWorkerChannel.StartAsync"/>.</summary>
    internal async Task<StartResult> StartAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        if (start.Interpreter is not ["pwsh", ..])
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnusable,
                $"Worker '{Name}' is reached through PowerShell remoting and runs scripts in PowerShell alone, not in '{string.Join(' ', start.Interpreter)}'. Use a worker of another kind, or demand "
                + "something that only those have.", Name);
        }

        RunInSessions run;
        StepTicket ticket = new();
        RentedSession? session = null;
        bool keeps = StepRecords.KeepsSession(start.Input.Span);
        lock (_gate)
        {
            run = Known(start.Run);
            Fence(start.Run, run, start.FencingToken);
            if (run.Tickets.TryGetValue(start.Ticket, out StepTicket? used))
            {
                return used.IsRefused ? StartResult.Refused : StartResult.AlreadyStarted;
            }

            run.Tickets.Add(start.Ticket, ticket);
            if (keeps && run.Kept is { } kept)
            {
                session = kept.IsBroken ? null : kept;
                run.Kept = session is null ? kept : null;
            }
        }

        try
        {
            SessionGreeting greeting = await House.OpenAsync(cancellationToken).ConfigureAwait(false);
            session ??= await sessions.RentAsync(Name, connection, SessionUse.Step, cancellationToken).ConfigureAwait(false);
            StartResult? refused = null;
            lock (_gate)
            {
                if (ticket.IsRefused || run.IsRemoved)
                {
                    refused = StartResult.Refused;
                }
                else
                {
                    Fence(start.Run, run, start.FencingToken);
                    ticket.Attempt = SessionAttempt.Start(Name, start, FolderOf(greeting, start.Run, start.Ticket), session, whole => keeps && Keep(run, whole));
                }
            }

            if (refused is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }

            return refused ?? StartResult.Started;
        }
        catch (Exception failure)
        {
            // It has not begun: that much is certain, and the ticket is free again.
            lock (_gate)
            {
                if (!ticket.IsRefused)
                {
                    run.Tickets.Remove(start.Ticket);
                }
            }

            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }

            throw failure is OctoWorkersException { Error: EngineError.WorkerUnavailable } lost
                ? new OctoWorkersException(EngineError.WorkerUnusable, lost.Message, Name, lost)
                : failure;
        }
    }

    /// <summary>An attempt of a run; null: it has not begun.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.OutcomeUnknown"/>: there is no such ticket.</exception>
    internal SessionAttempt Find(string ticket)
    {
        lock (_gate)
        {
            foreach (RunInSessions run in _runs.Values)
            {
                if (run.Tickets.TryGetValue(ticket, out StepTicket? known) && known.Attempt is { } attempt)
                {
                    return attempt;
                }
            }
        }

        throw NoTicket(ticket);
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

    /// <summary>Whether an attempt has not begun.</summary>
    internal bool IsFree(string run, long fencingToken, string ticket)
    {
        lock (_gate)
        {
            RunInSessions known = Known(run);
            Fence(run, known, fencingToken);
            return !known.Tickets.ContainsKey(ticket);
        }
    }

    /// <summary>See <see cref="IWorkerChannel.RemoveRunAsync"/>.</summary>
    internal async Task RemoveAsync(string run, CancellationToken cancellationToken)
    {
        Task closing = Task.CompletedTask;
        Task ended = Task.CompletedTask;
        lock (_gate)
        {
            if (_runs.Remove(run, out RunInSessions? known))
            {
                known.IsRemoved = true;
                closing = known.CloseAsync();
                ended = known.EndedAsync(closing);
                _closings.RemoveWhere(task => task.IsCompleted);
                _closings.Add(closing);
            }
        }

        SessionGreeting greeting = await House.OpenAsync(cancellationToken).ConfigureAwait(false);

        // A session whose step has ended does nothing there any more. Windows removes no folder that a process is in.
        await (greeting.OperatingSystem == "Windows" ? closing : ended).ConfigureAwait(false);
        string folder = FolderOf(greeting, run, "");
        string left = string.Join(", ", await House.InvokeAsync(RemoteScript.Remove, [folder, 4], cancellationToken).ConfigureAwait(false));
        if (left.Length > 0)
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnusable, $"Worker '{Name}' could not remove what run '{run}' left there: {left}. Remove it by hand.", Name);
        }
    }

    /// <summary>The folder of an attempt.</summary>
    internal string FolderOf(SessionGreeting greeting, string run, string ticket)
    {
        char separator = greeting.OperatingSystem == "Windows" ? '\\' : '/';
        string[] parts = [greeting.StateHome, "octoworkers", address.StoreKey, address.Worker.Number.ToString(CultureInfo.InvariantCulture), "powershell", run, ticket];
        return string.Join(separator, parts.Where(part => part.Length > 0));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] closings;
        lock (_gate)
        {
            closings = [.. _closings, .. _runs.Values.Select(run => run.CloseAsync())];
            _runs.Clear();
        }

        await Task.WhenAll(closings).ConfigureAwait(false);
        await House.DisposeAsync().ConfigureAwait(false);
    }

    private bool Keep(RunInSessions run, RentedSession session)
    {
        lock (_gate)
        {
            if (run.IsRemoved || run.Kept is { IsBroken: false })
            {
                return false;
            }

            run.Kept = session;
            return true;
        }
    }

    private RunInSessions Known(string run)
        => _runs.TryGetValue(run, out RunInSessions? known)
            ? known
            : throw new OctoWorkersException(EngineError.FencedOut, $"Run '{run}' was not entered on worker '{Name}'; enter it first.", run);

    private static void Fence(string run, RunInSessions known, long token)
    {
        if (known.FencingToken > token)
        {
            throw new OctoWorkersException(
                EngineError.FencedOut, $"Run '{run}' has a newer owner: the worker has seen fencing token {known.FencingToken}, above {token}.", run);
        }
    }

    private OctoWorkersException NoTicket(string ticket)
        => new(EngineError.OutcomeUnknown, $"Worker '{Name}' knows of no attempt '{ticket}'; what became of it is unknown.", ticket);
}
