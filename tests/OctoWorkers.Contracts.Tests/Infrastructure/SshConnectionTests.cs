using Xunit;

namespace OctoWorkers.Contracts.Tests.Infrastructure;

public sealed class SshConnectionTests
{
    [Theory]
    [InlineData("-oProxyCommand=touch /tmp/x", "option")]
    [InlineData("-l", "option")]
    [InlineData("", "empty")]
    [InlineData("a b", "no host or user name")]
    [InlineData("a;b", "no host or user name")]
    [InlineData("$(id)", "no host or user name")]
    [InlineData("a\nb", "no host or user name")]
    [InlineData("root@host", "give the user name as 'user'")]
    public void GivenHostThatIsNone_WhenMade_ThenItIsRefused(string host, string expected)
        => Assert.Contains(expected, Assert.Throws<OctoWorkersException>(() => new SshConnection(host)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("-oProxyCommand=x")]
    [InlineData("a b")]
    public void GivenUserThatIsNone_WhenMade_ThenItIsRefused(string user)
        => Assert.Throws<OctoWorkersException>(() => new SshConnection("host") { User = user });

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public void GivenPortOutOfRange_WhenMade_ThenItIsRefused(int port)
        => Assert.Throws<OctoWorkersException>(() => new SshConnection("host") { Port = port });

    [Theory]
    [InlineData("build1.example.org")]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    [InlineData("my_alias")]
    public void GivenHost_WhenMade_ThenItIsKept(string host) => Assert.Equal(host, new SshConnection(host).Host);
}
