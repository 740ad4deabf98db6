using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.TestKit.Secrets;
using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class PowerShellConnectionsTests
{
    private const string Secret = "correct horse";

    private static readonly StoredDefinitions Nothing = new([], [new(new(1), WorkerPoolDefinition.DefaultName, "", true, [])], [], [], [], [], []);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("local")]
    [InlineData("{ local: }")]
    [InlineData("{ local: {} }")]
    public async Task GivenSessionsOfThisMachine_WhenRead_ThenTheyAreThere(string written)
        => Assert.Equal(new PowerShellConnection(new LocalConnection()), await ReadAsync(written));

    [Fact]
    public async Task GivenSessionsOverSsh_WhenRead_ThenAllIsThere()
    {
        Assert.Equal(new PowerShellConnection(new SshConnection("h")), await ReadAsync("{ ssh: h }"));
        Assert.Equal(
            new PowerShellConnection(new SshConnection("h") { Port = 2222, User = "u", IdentityFile = "/k", HostKeyPolicy = HostKeyPolicy.AcceptNew })
            {
                Subsystem = "pwsh-7.6", MaxSessions = 4,
            },
            await ReadAsync("{ ssh: { host: h, port: 2222, user: u, identityFile: /k, hostKeys: accept-new }, subsystem: pwsh-7.6, maxSessions: 4 }"));
    }

    [Fact]
    public async Task GivenSessionsOverWinRm_WhenRead_ThenAllIsThere()
    {
        Assert.Equal(new PowerShellConnection(new WinRmConnection("win1")), await ReadAsync("{ winrm: win1 }"));
        Assert.Equal(
            new PowerShellConnection(new WinRmConnection("win1")
            {
                Port = 443, UseSsl = true, Authentication = WinRmAuthentication.Negotiate, ConfigurationName = "PowerShell.7", User = @"EXAMPLE\ana",
            }),
            await ReadAsync(@"{ winrm: { computer: win1, port: 443, useSsl: true, authentication: negotiate, configuration: PowerShell.7, user: EXAMPLE\ana } }"));
    }

    [Fact]
    public async Task GivenAPasswordOfAFile_WhenAppliedTwice_ThenItIsSealedOnceAndNothingChanges()
    {
        using DefinitionFolder folder = new();
        folder.Write("password.txt", $"{Secret}\n");
        folder.Write("a.yaml", "workers: [{ name: w, pools: [Default Worker Pool], connection: { powershell: { winrm: { computer: c, user: u, passwordFromFile: password.txt } } } }]");
        DefinitionSet files = await folder.ReadAsync();
        PlainProtector secrets = new();
        RacingDefinitionStore store = new(Nothing, Nothing);
        await DefinitionApplication.ApplyAsync(store, files, secrets, TimeProvider.System, Stop);
        WorkerDefinition put = Assert.Single(store.Put!.Workers);
        WinRmConnection way = Assert.IsType<WinRmConnection>(Assert.IsType<PowerShellConnection>(put.Connection).Via);
        Assert.Equal((null, Secret), (way.ClearPassword, secrets.Open(way.Password!.Value)));

        WorkerRecord stored = new(new(1), "w", put.Connection, put.Pools, [], WorkerState.Enabled, WorkerHealth.NeverChecked, 0);
        RacingDefinitionStore again = new(Nothing with { Workers = [stored] }, Nothing with { Workers = [stored] });
        Assert.Equal(ChangeKind.Unchanged, Assert.Single(await DefinitionApplication.ApplyAsync(again, files, secrets, TimeProvider.System, Stop)).Change);
        Assert.Null(again.Put);

        folder.Write("password.txt", "another horse\n");
        Assert.Equal(
            ChangeKind.Changed, Assert.Single(await DefinitionApplication.ApplyAsync(again, await folder.ReadAsync(), secrets, TimeProvider.System, Stop)).Change);
    }

    private static async Task<WorkerConnection> ReadAsync(string written)
        => Assert.Single((await DefinitionFolder.ReadTextAsync($"workers: [{{ name: w, pool: P, connection: {{ powershell: {written} }} }}]")).Workers).Value.Connection;
}
