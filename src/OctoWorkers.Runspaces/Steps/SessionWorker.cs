using System.Globalization;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>A worker as this process knows it: what runs in sessions there outlives a channel, never the process.</summary>
internal sealed class SessionWorker(WorkerAddress address, PowerShellConnection connection, WorkerSessions sessions) : IAsyncDisposable
{
    private const string LostKept = "The PowerShell session that the run kept here was lost: this step runs in a new one, without what the steps before it left there.";

    // Those above an attempt's folder that are the engine's own.
    private const int LevelsAbove = 5;

    /// <summary>The worker's name.</summary>
    internal MachineName Machine => address.Machine;

    /// <summary>What runs there.</summary>
    internal SessionRuns Runs { get; } = new(address.Machine);

    /// <summary>The engine's own session there.</summary>
    internal HouseSession House { get; } = new(address.Machine, connection, sessions);

    /// <summary>Somebody is about to start a step.</summary>
    internal void Expect() => sessions.Expect(Machine, connection, SessionUse.Step);

    /// <summary>See <see cref="IWorkerChannel.StartAsync"/>.</summary>
    internal async Task<StartResult> StartAsync(AttemptStart start, CancellationToken cancellationToken)
    {
        if (start.Interpreter is not ["pwsh", ..])
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnusable,
                $"{Machine} is reached through PowerShell remoting and runs scripts in PowerShell alone, not in '{string.Join(' ', start.Interpreter)}'. Use a machine of another kind, or demand "
                + "something that only those have.", Machine.Name);
        }

        bool keeps = StepRecords.KeepsSession(start.Input.Span);
        (RunInSessions run, StepTicket ticket, RentedSession? session, bool hasLostKept, StartResult? used) = Runs.Take(start, keeps);
        if (used is not null)
        {
            return used.Value;
        }

        try
        {
            session ??= await sessions.RentForStepAsync(Machine, connection, cancellationToken).ConfigureAwait(false);
            StepFolder folder = new(FolderOf(session.Greeting, start.Run, start.Ticket), LevelsAbove);
            if (Runs.Begin(start, run, ticket, () => SessionAttempt.Start(Machine, start, folder, session, keeps ? whole => Runs.Keep(run, whole) : null, hasLostKept ? LostKept : null)))
            {
                return StartResult.Started;
            }

            await session.DisposeAsync().ConfigureAwait(false);
            return StartResult.Refused;
        }
        catch (Exception failure)
        {
            Runs.Free(start, run, ticket);
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }

            throw failure is OctoWorkersException { Error: EngineError.WorkerUnavailable } lost
                ? new OctoWorkersException(EngineError.WorkerUnusable, lost.Message, Machine.Name, lost)
                : failure;
        }
    }

    /// <summary>See <see cref="IWorkerChannel.RemoveRunAsync"/>.</summary>
    internal async Task RemoveAsync(string run, CancellationToken cancellationToken)
    {
        (bool leftNothing, Task<bool> closed, Task ended) = Runs.Remove(run);
        if (leftNothing && await closed.ConfigureAwait(false))
        {
            return;
        }

        SessionGreeting greeting = await House.OpenAsync(cancellationToken).ConfigureAwait(false);

        // A session whose step has ended does nothing there any more. Windows removes no folder that a process is in.
        await (greeting.OperatingSystem == "Windows" ? closed : ended).ConfigureAwait(false);
        string folder = FolderOf(greeting, run, "");
        string left = string.Join(", ", await House.InvokeAsync(RemoteScript.Remove, [folder, LevelsAbove - 1], cancellationToken).ConfigureAwait(false));
        if (left.Length > 0)
        {
            throw new OctoWorkersException(
                EngineError.WorkerUnusable, $"{Machine} could not remove what run '{run}' left there: {left}. Remove it by hand.", Machine.Name);
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
        await Runs.CloseAsync().ConfigureAwait(false);
        await House.DisposeAsync().ConfigureAwait(false);
    }
}
