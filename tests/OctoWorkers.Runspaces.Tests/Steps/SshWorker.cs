using OctoWorkers.TestKit.Ssh;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>A worker that is reached through the subsystem of an sshd.</summary>
public sealed class SshWorker : SharedWorker
{
    /// <inheritdoc/>
    public override string? Missing => base.Missing ?? Server.Missing;

    /// <inheritdoc/>
    public override PowerShellConnection Connection => field ??= new(Server.Connection) { MaxSessions = MaxSessions };

    /// <summary>How many sessions are open at once at the most.</summary>
    public int MaxSessions { get; init; } = 4;

    /// <summary>The sshd.</summary>
    public SshServer Server { get; } = SshServer.WithSubsystem($"powershell {PowerShellProgram.Path} -sshs -NoLogo -NoProfile");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Server.Dispose();
    }
}
