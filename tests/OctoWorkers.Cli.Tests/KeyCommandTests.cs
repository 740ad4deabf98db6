using Newtonsoft.Json.Linq;
using OctoWorkers.Storage;
using OctoWorkers.Storage.Secrets;

namespace OctoWorkers.Cli.Tests;

public sealed class KeyCommandTests
{
    [Fact]
    public async Task GivenNoSecret_WhenCommandsAreCalled_ThenNoKeyIsMade()
    {
        using CommandHarness harness = new();
        Assert.Empty(await harness.JsonAsync("key", "show"));
        Assert.Equal("There is no key yet; it is made when the first secret is stored.\n", (await harness.RunAsync("key", "show")).Out);
        Assert.Contains("SecretUnreadable", (await harness.RunAsync("key", "backup", Path.Combine(harness.Folder, "backup"))).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(harness.Home, "secret.key")));
    }

    [Fact]
    public async Task GivenASecret_WhenItsKeyIsBackedUpLostAndRestored_ThenDoctorSaysWhatIsWrong()
    {
        using CommandHarness harness = new();
        await SealAsync(harness);
        string backup = Path.Combine(harness.Folder, "backup");
        Assert.Equal(1, (int)(await harness.JsonAsync("key", "backup", backup))["keys"]!);
        Assert.Equal("Ok", await VerdictAsync(harness));
        File.Delete(Path.Combine(harness.Home, "secret.key"));
        Assert.Equal("Problem", await VerdictAsync(harness));
        Assert.Equal("missing", (string)(await harness.JsonAsync("key", "show"))[0]!["state"]!);
        Assert.Single((await harness.JsonAsync("key", "restore", backup))["added"]!);
        Assert.Equal("Ok", await VerdictAsync(harness));
        JToken rotated = await harness.JsonAsync("key", "rotate");
        JToken key = Assert.Single(await harness.JsonAsync("key", "show"));
        Assert.Equal(((string)rotated["active"]!, "active", 1), ((string)key["id"]!, (string)key["state"]!, (int)key["secrets"]!));
    }

    [Fact]
    public async Task GivenARunWhoseSecretsHaveNoKey_WhenItIsStarted_ThenTheExitCodeIsThatOfTheReason()
    {
        using CommandHarness harness = new();
        await harness.JsonAsync("apply", harness.WriteFile("r.yaml", "environments: [{ name: Test }]\nrunbooks: [{ name: Say, steps: [{ name: Say, bash: 'true' }] }]"));
        SealedText token = harness.Secrets.Seal("secret");
        await using (SqliteStore store = await harness.OpenStoreAsync())
        {
            RunbookDefinition now = Assert.Single(await store.GetRunbooksAsync(TestContext.Current.CancellationToken)).Definition;
            await store.PutRunbookAsync(now with { Variables = [VariableDefinition.Sensitive("Token", token)] }, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        }

        File.Delete(Path.Combine(harness.Home, "secret.key"));
        CommandOutcome run = await harness.RunAsync("run", "Say", "--environment", "Test", "--quiet");
        Assert.Equal(ExitCodes.Store, run.ExitCode);
    }

    private static async Task<string> VerdictAsync(CommandHarness harness)
    {
        CommandOutcome outcome = await harness.RunAsync("doctor", "--no-workers", "--output", "json");
        return (string)JArray.Parse(outcome.Out).Single(finding => (string)finding["subject"]! == "keys")["verdict"]!;
    }

    private static async Task SealAsync(CommandHarness harness)
    {
        await using SqliteStore store = await harness.OpenStoreAsync();
        SealedText token = new SecretKeyring(harness.Home, null, TimeProvider.System).Seal("secret");
        await store.PutEnvironmentAsync(new("Any") { Description = token.Token }, true, TestContext.Current.CancellationToken);
    }
}
