using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using OctoWorkers.TestKit.Processes;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

/// <summary>The contract over a shell of this machine.</summary>
public abstract class LocalContract : WorkerChannelContract
{
    private LocalTransport? _transport;

    /// <inheritdoc/>
    protected override string StateHome => Folder.File("state home");

    /// <summary>The shell; null: the default.</summary>
    protected virtual string? Shell => null;

    /// <summary>Which runner is forced.</summary>
    private protected virtual RunnerChoice Choice => RunnerChoice.Shell;

    /// <inheritdoc/>
    protected override IWorkerTransport Transport
    {
        get
        {
            if (_transport is null)
            {
                Directory.CreateDirectory(StateHome);
                TemporaryFolder.Open(StateHome);
                _transport = new(TimeProvider.System)
                {
                    Runner = Choice,
                    Environment = new Dictionary<string, string> { ["XDG_STATE_HOME"] = StateHome },
                };
            }

            return _transport;
        }
    }

    /// <inheritdoc/>
    protected override WorkerConnection Connection => new LocalConnection { Shell = Shell };

    /// <inheritdoc/>
    protected override WorkerConnection WithShell(string shell) => new LocalConnection { Shell = shell };

    /// <inheritdoc/>
    protected override void Cut()
    {
        int[] shells = [.. ProcessTree.Children(Environment.ProcessId).Where(id => ProcessTree.EnvironmentHolds(id, $"XDG_STATE_HOME={StateHome}"))];
        Assert.NotEmpty(shells);
        foreach (int shell in shells)
        {
            ProcessTree.Kill(shell);
        }
    }
}
