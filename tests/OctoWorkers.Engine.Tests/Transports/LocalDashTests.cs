namespace OctoWorkers.Engine.Tests.Transports;

public sealed class LocalDashTests : LocalContract
{
    protected override string? Missing => File.Exists("/bin/dash") ? null : "dash is not installed";

    protected override string? Shell => "/bin/dash";
}
