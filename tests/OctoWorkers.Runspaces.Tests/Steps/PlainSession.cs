using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>Makes a session ready for a step without one having gone through it.</summary>
internal static class PlainSession
{
    internal static Task PrepareAsync(RentedSession session, CancellationToken cancellationToken)
        => RemoteCall.InvokeAsync(session.Runspace, RemoteScript.Session, [session.Mark, RemoteScript.Watch, RemoteScript.End], cancellationToken);
}
