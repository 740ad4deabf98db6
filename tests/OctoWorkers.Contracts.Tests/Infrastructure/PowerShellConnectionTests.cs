using Xunit;

namespace OctoWorkers.Contracts.Tests.Infrastructure;

public sealed class PowerShellConnectionTests
{
    private const string Secret = "correct horse";

    [Theory]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("a@b")]
    [InlineData("http://a/")]
    [InlineData("$(id)")]
    public void GivenComputerThatIsNone_WhenMade_ThenItIsRefused(string computer)
        => Assert.Contains("no name or address of a computer", Assert.Throws<OctoWorkersException>(() => new WinRmConnection(computer)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("win1.example.org")]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    public void GivenComputer_WhenMade_ThenItIsKept(string computer) => Assert.Equal(computer, new WinRmConnection(computer).ComputerName);

    [Theory]
    [InlineData("")]
    [InlineData("-v")]
    [InlineData("a b")]
    [InlineData("a;b")]
    public void GivenSubsystemThatIsNone_WhenMade_ThenItIsRefused(string subsystem)
        => Assert.Throws<OctoWorkersException>(() => new PowerShellConnection(new SshConnection("h")) { Subsystem = subsystem });

    [Fact]
    public void GivenSubsystemWithoutSsh_WhenMade_ThenItIsRefused()
        => Assert.Contains(
            "'winrm' have none",
            Assert.Throws<OctoWorkersException>(() => new PowerShellConnection(new WinRmConnection("w")) { Subsystem = "powershell" }).Message,
            StringComparison.Ordinal);

    [Fact]
    public void GivenNoSessions_WhenMade_ThenItIsRefused()
        => Assert.Throws<OctoWorkersException>(() => new PowerShellConnection(new LocalConnection()) { MaxSessions = 0 });

    [Fact]
    public void GivenSessionsOverSessions_WhenMade_ThenItIsRefused()
        => Assert.Throws<OctoWorkersException>(() => new PowerShellConnection(new PowerShellConnection(new LocalConnection())));

    [Fact]
    public void GivenWhatDoesNotGoTogether_WhenMade_ThenItIsRefused()
    {
        WinRmConnection ana = new("win1") { User = "ana" };
        Assert.Contains("no user that has it", Refused(new WinRmConnection("win1").WithPassword(Secret)), StringComparison.Ordinal);
        Assert.Contains("Use TLS", Refused(ana.WithPassword(Secret) with { Authentication = WinRmAuthentication.Basic }), StringComparison.Ordinal);
        Assert.Contains("needs a user name and a password", Refused(ana with { Authentication = WinRmAuthentication.CredSsp }), StringComparison.Ordinal);
        Assert.Equal(ana, new PowerShellConnection(ana).Via);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void GivenPasswordThatIsNone_WhenGiven_ThenItIsRefused(string password)
        => Assert.Throws<OctoWorkersException>(() => new WinRmConnection("win1").WithPassword(password));

    [Fact]
    public void GivenAPassword_WhenSealedAndPrinted_ThenItIsNowhere()
    {
        PowerShellConnection clear = new((new WinRmConnection("win1") { User = "ana" }).WithPassword(Secret)) { MaxSessions = 2 };
        PowerShellConnection sealedOne = clear.Seal(text => new($"ow1.test.{text.Length}"));
        WinRmConnection way = Assert.IsType<WinRmConnection>(sealedOne.Via);
        Assert.Equal(("ow1.test.13", null, 2), (way.Password?.Token, way.ClearPassword, sealedOne.MaxSessions));
        Assert.DoesNotContain("horse", $"{clear} {sealedOne}", StringComparison.Ordinal);
        Assert.Same(sealedOne, sealedOne.Seal(_ => throw new InvalidOperationException("There is nothing to seal.")));
    }

    private static string Refused(WinRmConnection way) => Assert.Throws<OctoWorkersException>(() => new PowerShellConnection(way)).Message;
}
