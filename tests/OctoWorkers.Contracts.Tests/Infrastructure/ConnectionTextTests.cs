using Xunit;

namespace OctoWorkers.Contracts.Tests.Infrastructure;

public sealed class ConnectionTextTests
{
    public static TheoryData<WorkerConnection, string> Connections => new()
    {
        { new LocalConnection(), "local" },
        { new SshConnection("web1"), "ssh web1" },
        { new SshConnection("web1") { User = "ana", Port = 2222 }, "ssh ana@web1:2222" },
        { new PowerShellConnection(new LocalConnection()), "powershell local" },
        { new PowerShellConnection(new SshConnection("web1")), "powershell ssh web1" },
        { new PowerShellConnection(new WinRmConnection("web2") { User = @"EXAMPLE\ana" }.WithPassword("hush")), @"powershell winrm EXAMPLE\ana@web2" },
    };

    [Theory]
    [MemberData(nameof(Connections))]
    public void GivenConnection_WhenShown_ThenItIsAFewWordsWithoutSecrets(WorkerConnection connection, string text) => Assert.Equal(text, connection.ToString());
}
