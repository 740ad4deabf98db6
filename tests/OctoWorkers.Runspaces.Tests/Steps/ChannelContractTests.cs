using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.Runspaces.Steps;
using OctoWorkers.TestKit.Secrets;
using OctoWorkers.TestKit.Ssh;
using OctoWorkers.TestKit.Transports;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>What holds for every channel, over sessions: their steps let sh run the scripts.</summary>
public sealed class ChannelContractTests : ChannelContract
{
    private readonly SshServer _server = SshServer.WithSubsystem($"powershell {PowerShellProgram.Path} -sshs -NoLogo -NoProfile");
    private readonly WorkerSessions _sessions = new(new PlainProtector(), TimeProvider.System);
    private RunspaceTransport? _transport;

    protected override string? Missing => PowerShellProgram.Path is null ? "there is no pwsh on the PATH" : _server.Missing;

    protected override string Runner => "powershell";

    protected override string StateHome => _server.StateHome;

    protected override IWorkerTransport Transport => _transport ??= new(_sessions);

    protected override WorkerConnection Connection => field ??= new PowerShellConnection(_server.Connection) { MaxSessions = 4 };

    // Each is a session of its own.
    protected override int Many => 10;

    protected override AttemptStart Attempt(string ticket, string script, long token = 1, string run = Run1)
        => new ScriptSource(ScriptSyntax.PowerShell, $"sh -c '{script.Replace("'", "''", StringComparison.Ordinal)}'").Start(run, token, ticket);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_transport is not null)
        {
            await _transport.DisposeAsync();
        }

        await _sessions.DisposeAsync();
        _server.Dispose();
    }
}
