using System.Management.Automation.Host;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>A session that somebody types in; it is closed when its user has left it. No host tells when that is, so that it is asked.</summary>
internal sealed class EnteredSession
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IHostSupportsInteractiveSession host;
    private readonly CommandSession session;
    private readonly SessionClosings closings;
    private readonly ITimer timer;
    private int isLeft;

    private EnteredSession(IHostSupportsInteractiveSession host, CommandSession session, SessionClosings closings, TimeProvider time)
    {
        this.host = host;
        this.session = session;
        this.closings = closings;
        timer = time.CreateTimer(_ => Look(), null, Pause, Pause);
    }

    /// <summary>Begins to ask.</summary>
    internal static void Watch(IHostSupportsInteractiveSession host, CommandSession session, SessionClosings closings, TimeProvider time)
        => _ = new EnteredSession(host, session, closings, time);

    private void Look()
    {
        if (host.IsRunspacePushed && host.Runspace == session.Rented.Runspace && !session.IsBroken)
        {
            return;
        }

        if (Interlocked.Exchange(ref isLeft, 1) == 0)
        {
            timer.Dispose();
            closings.Add(session.DisposeAsync().AsTask());
        }
    }
}
