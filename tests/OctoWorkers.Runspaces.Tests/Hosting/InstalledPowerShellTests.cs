using OctoWorkers.Runspaces.Hosting;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Hosting;

/// <summary>What a machine is told that has no PowerShell.</summary>
public sealed class InstalledPowerShellTests
{
    [Fact]
    public void GivenNoPowerShell_WhenAWorkerNeedsIt_ThenTheRemedyFitsTheWayToIt()
    {
        string local = InstalledPowerShell.Missing(new(new LocalConnection()));
        string ssh = InstalledPowerShell.Missing(new(new SshConnection("web1")));
        string winRm = InstalledPowerShell.Missing(new(new WinRmConnection("db1")));
        string unknown = InstalledPowerShell.Missing(null);

        Assert.All([local, ssh, winRm, unknown], message => Assert.Contains("Install one, or put the folder of its 'pwsh' on the PATH.", message, StringComparison.Ordinal));
        Assert.Contains("runs its steps in PowerShell sessions of this machine", local, StringComparison.Ordinal);
        Assert.Contains("reach it by 'ssh' without sessions", ssh, StringComparison.Ordinal);
        Assert.All([local, winRm, unknown], message => Assert.DoesNotContain("ssh", message, StringComparison.Ordinal));
    }
}
