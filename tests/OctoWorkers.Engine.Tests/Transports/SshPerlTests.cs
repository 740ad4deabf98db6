using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Ssh;

namespace OctoWorkers.Engine.Tests.Transports;

public sealed class SshPerlTests(SshServer server) : SshContract(server)
{
    protected override string? Missing => base.Missing ?? PerlRunner.Missing;

    protected override string Runner => "perl";

    private protected override RunnerChoice Choice => RunnerChoice.Perl;
}
