using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Tests.Scripts;

public sealed class BashOverShellRunnerTests : BashTests
{
    private protected override RunnerChoice Choice => RunnerChoice.Shell;
}
