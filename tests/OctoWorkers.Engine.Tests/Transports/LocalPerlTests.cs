using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Tests.Transports;

public sealed class LocalPerlTests : LocalContract
{
    protected override string? Missing => PerlRunner.Missing;

    protected override string Runner => "perl";

    private protected override RunnerChoice Choice => RunnerChoice.Perl;
}
