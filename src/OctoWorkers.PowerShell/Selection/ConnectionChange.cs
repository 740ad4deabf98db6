using System.Management.Automation;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>What is to become different in how a machine is reached; what is null stays.</summary>
internal sealed record ConnectionChange
{
    internal string? HostName { get; init; }

    internal int? Port { get; init; }

    internal string? UserName { get; init; }

    internal string? KeyFilePath { get; init; }

    internal HostKeyPolicy? HostKeyPolicy { get; init; }

    internal string? Subsystem { get; init; }

    /// <summary>0: as many as usual.</summary>
    internal int? MaxSessions { get; init; }

    internal string? ComputerName { get; init; }

    internal bool? UseSsl { get; init; }

    internal WinRmAuthentication? Authentication { get; init; }

    internal string? ConfigurationName { get; init; }

    internal PSCredential? Credential { get; init; }

    private string? ForSsh => HostName is not null ? "-HostName" : UserName is not null ? "-UserName" : KeyFilePath is not null ? "-KeyFilePath"
        : HostKeyPolicy is not null ? "-HostKeyPolicy" : null;

    private string? ForWinRm => ComputerName is not null ? "-ComputerName" : UseSsl is not null ? "-UseSSL" : Authentication is not null ? "-Authentication"
        : ConfigurationName is not null ? "-ConfigurationName" : Credential is not null ? "-Credential" : null;

    private string? ForPowerShell => MaxSessions is not null ? "-MaxSessions" : Subsystem is not null ? "-Subsystem" : null;

    /// <summary>The connection with what is different.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="seal">Encrypts a password.</param>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InvalidArgument"/> when it has no such part; <see cref="EngineError.InvalidDefinition"/> when a part is not usable.
    /// </exception>
    internal WorkerConnection AppliedTo(WorkerRecord worker, Func<string, SealedText> seal)
    {
        if (worker.Connection is not PowerShellConnection sessions)
        {
            return ForPowerShell is { } stray ? throw Refused(worker, stray) : Way(worker, worker.Connection);
        }

        PowerShellConnection then = new(Way(worker, sessions.Via))
        {
            Subsystem = Subsystem is not null && sessions.Via is not SshConnection ? throw Refused(worker, "-Subsystem") : Subsystem ?? sessions.Subsystem,
            MaxSessions = MaxSessions is { } most ? (most == 0 ? null : most) : sessions.MaxSessions,
        };
        return then.Seal(seal);
    }

    private WorkerConnection Way(WorkerRecord worker, WorkerConnection way) => way switch
    {
        SshConnection ssh when ForWinRm is null => new SshConnection(HostName ?? ssh.Host)
        {
            Port = Port ?? ssh.Port,
            User = UserName ?? ssh.User,
            IdentityFile = KeyFilePath ?? ssh.IdentityFile,
            ConfigurationFile = ssh.ConfigurationFile,
            HostKeyPolicy = HostKeyPolicy ?? ssh.HostKeyPolicy,
            Shell = ssh.Shell,
        },
        WinRmConnection winRm when ForSsh is null => WinRmCredential.Given(
            new WinRmConnection(ComputerName ?? winRm.ComputerName)
            {
                Port = Port ?? winRm.Port,
                UseSsl = UseSsl ?? winRm.UseSsl,
                Authentication = Authentication ?? winRm.Authentication,
                ConfigurationName = ConfigurationName ?? winRm.ConfigurationName,
                User = winRm.User,
                Password = winRm.Password,
            },
            Credential),
        SshConnection => throw Refused(worker, ForWinRm!),
        WinRmConnection => throw Refused(worker, ForSsh!),
        _ when (ForSsh ?? ForWinRm ?? (Port is null ? null : "-Port")) is { } stray => throw Refused(worker, stray),
        _ => way,
    };

    private static OctoWorkersException Refused(WorkerRecord worker, string parameter) => new(
        EngineError.InvalidArgument,
        $"{new MachineName(worker.Name, worker.IsTarget)} is reached by {worker.Connection}, which has no {parameter}. Remove it and add it anew to reach it otherwise.",
        worker.Name);
}
