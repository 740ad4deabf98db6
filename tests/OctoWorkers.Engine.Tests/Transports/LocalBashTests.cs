namespace OctoWorkers.Engine.Tests.Transports;

public sealed class LocalBashTests : LocalContract
{
    protected override string? Missing => File.Exists("/bin/bash") ? null : "bash is not installed";

    protected override string? Shell => "/bin/bash";
}
