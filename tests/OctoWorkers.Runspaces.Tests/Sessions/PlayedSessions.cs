using System.Management.Automation.Runspaces;
using OctoWorkers.Runspaces.Sessions;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>Opens sessions that lead nowhere, when it is told to.</summary>
/// <param name="room">What their worker can bear.</param>
/// <param name="compilesLate">Whether a used one does nothing more by itself.</param>
internal sealed class PlayedSessions(SessionRoom room, bool compilesLate = false)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _opening = new();
    private int _closed;

    /// <summary>How many are being opened.</summary>
    internal int Opening
    {
        get
        {
            lock (_gate)
            {
                return _opening.Count;
            }
        }
    }

    /// <summary>How many were closed.</summary>
    internal int Closed => Volatile.Read(ref _closed);

    /// <summary>How they are opened.</summary>
    internal async Task<WorkerSession> OpenAsync(SessionUse use, Action closed, CancellationToken cancellationToken)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _opening.Enqueue(gate);
        }

        try
        {
            await gate.Task.WaitAsync(cancellationToken);
        }
        catch
        {
            closed();
            throw;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        runspace.Open();
        return new("played", new(runspace, null), new("7.6.0", 1, "Linux", "x86_64", "host", "user", "pwsh") { Room = room, CompilesLate = compilesLate }, $"{use}", () =>
        {
            Interlocked.Increment(ref _closed);
            closed();
        });
    }

    /// <summary>The one that has been on its way longest is open.</summary>
    internal void Open()
    {
        lock (_gate)
        {
            _opening.Dequeue().SetResult();
        }
    }
}
