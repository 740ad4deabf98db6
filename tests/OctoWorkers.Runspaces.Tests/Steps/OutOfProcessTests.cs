namespace OctoWorkers.Runspaces.Tests.Steps;

/// <summary>Sessions in processes of this machine.</summary>
public sealed class OutOfProcessTests : StepContract
{
    protected override PowerShellConnection Connection { get; } = new(new LocalConnection()) { MaxSessions = 4 };
}
