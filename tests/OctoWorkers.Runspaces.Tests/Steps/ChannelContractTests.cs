using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>What holds for every channel, over sessions: their steps let sh run the scripts.</summary>
/// <param name="worker">Where they are.</param>
public sealed class ChannelContractTests(SshWorker worker) : ChannelContract, IClassFixture<SshWorker>
{
    protected override string? Missing => worker.Missing;

    protected override string Runner => "powershell";

    protected override string StateHome => worker.Server.StateHome;

    protected override IWorkerTransport Transport => worker.Transport;

    protected override WorkerConnection Connection => worker.Connection;

    // Each is a session of its own: more than may be open at once.
    protected override int Many => 6;

    // PowerShell takes it line by line; a megabyte is kept.
    protected override int MuchOutput => 5_000_000;

    // They are read in pieces that are asked for one by one.
    protected override int Much => 1_000_000;

    protected override AttemptStart Attempt(string ticket, string script, long token = 1, string run = Run1)
        => new ScriptSource(ScriptSyntax.PowerShell, $"sh -c '{script.Replace("'", "''", StringComparison.Ordinal)}'").Start(run, token, ticket);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (worker.Missing is not null)
        {
            return;
        }

        // Packages stay on a worker; the next test finds none.
        foreach (string left in Directory.EnumerateDirectories(StateHome))
        {
            Directory.Delete(left, recursive: true);
        }
    }
}
