using OctoWorkers.Storage.Secrets;
using OctoWorkers.Storage.Tests.Contract;
using Xunit;

namespace OctoWorkers.Storage.Tests.Secrets;

public sealed class SecretKeyringTests : IAsyncDisposable
{
    private readonly SqliteStoreFactory factory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string KeyPath => Path.Combine(factory.Folder, "secret.key");

    [Fact]
    public void GivenTexts_WhenSealed_ThenTheyAreReadAgainAndNeverLookTheSame()
    {
        SecretKeyring keyring = Keyring();
        foreach (string text in (string[])["", "a", "a\0b\n", "größe 😀", "\ud800 alone", new('x', 1_000_000)])
        {
            SealedText token = keyring.Seal(text);
            Assert.Equal(text, Keyring().Open(token));
            Assert.NotEqual(token, keyring.Seal(text));
            Assert.Matches(@"^ow1\.[0-9a-f]{12}\.[A-Za-z0-9_-]{38,}$", token.Token);
        }
    }

    [Fact]
    public void GivenNothingToSeal_WhenTheKeyringIsLookedAt_ThenNoFileIsMade()
    {
        Assert.Empty(Keyring().Entries());
        Assert.False(File.Exists(KeyPath));
    }

    [Fact]
    public void GivenAChangedToken_WhenOpened_ThenItIsRefused()
    {
        SecretKeyring keyring = Keyring();
        string token = keyring.Seal("secret").Token;
        string other = Keyring(new byte[32]).Seal("secret").Token;
        string[] bad =
        [
            token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), token[..^4], token[..20], "ow1", "", "ow1..", token.Replace("ow1", "ow2", StringComparison.Ordinal), other,
            token[..17] + other[17..], token + "!",
        ];
        Assert.All(bad, text => Assert.Equal(EngineError.SecretUnreadable, Assert.Throws<OctoWorkersException>(() => keyring.Open(new(text))).Error));
        Assert.Equal(EngineError.SecretUnreadable, Assert.Throws<OctoWorkersException>(() => keyring.Open(default)).Error);
    }

    [Fact]
    public async Task GivenManyAtOnce_WhenTheFirstSecretIsSealed_ThenThereIsOneKey()
    {
        SealedText[] tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() => Keyring().Seal($"{number}"), Cancel)));
        SecretKeyring keyring = Keyring();
        Assert.Single(keyring.Entries());
        Assert.Equal(Enumerable.Range(0, 16).Select(number => $"{number}"), tokens.Select(keyring.Open));
        Assert.DoesNotContain(Directory.GetFiles(factory.Folder), path => Path.GetFileName(path) is not ("secret.key" or "secret.key.lock"));
    }

    [Fact]
    public void GivenAKeyFileThatOthersCanRead_WhenItIsNeeded_ThenItIsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        SealedText token = Keyring().Seal("secret");
#pragma warning disable CA1416
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
#pragma warning restore CA1416
        OctoWorkersException refused = Assert.Throws<OctoWorkersException>(() => Keyring().Open(token));
        Assert.Equal(EngineError.SecretUnreadable, refused.Error);
        Assert.Contains("chmod 600", refused.Message, StringComparison.Ordinal);
        Assert.Throws<OctoWorkersException>(() => Keyring().Seal("other"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"keys\":[{\"key\":\"YWJj\"}]}")]
    public void GivenADamagedKeyFile_WhenItIsNeeded_ThenItIsRefusedAndLeftAsItIs(string content)
    {
        Keyring().Seal("secret");
        File.WriteAllText(KeyPath, content);
        Assert.Equal(EngineError.SecretUnreadable, Assert.Throws<OctoWorkersException>(() => Keyring().Seal("other")).Error);
        Assert.Equal(content, File.ReadAllText(KeyPath));
    }

    [Fact]
    public void GivenAKeyInTheEnvironment_WhenSecretsAreSealed_ThenNoFileIsMadeAndOldOnesCanStillBeRead()
    {
        SealedText sealedByEnvironment = Keyring([.. Enumerable.Range(0, 32).Select(one => (byte)one)]).Seal("first");
        Assert.False(File.Exists(KeyPath));
        SealedText sealedByFile = Keyring().Seal("second");
        SecretKeyring both = Keyring([.. Enumerable.Range(0, 32).Select(one => (byte)one)]);
        Assert.Equal(("first", "second"), (both.Open(sealedByEnvironment), both.Open(sealedByFile)));
        Assert.Equal([false, true], both.Entries().Select(key => key.IsActive));
        Assert.Throws<OctoWorkersException>(() => Keyring().Open(sealedByEnvironment));
        Assert.Throws<OctoWorkersException>(() => new SecretKeyring(factory.Folder, "short", TimeProvider.System).Seal("x"));
    }

    [Fact]
    public void GivenALostKey_WhenItsBackupIsRestored_ThenSecretsCanBeReadAgain()
    {
        SealedText token = Keyring().Seal("secret");
        string backup = Path.Combine(factory.Folder, "backup");
        Assert.Equal(1, Keyring().Backup(backup));
        Assert.Equal(EngineError.AlreadyExists, Assert.Throws<OctoWorkersException>(() => Keyring().Backup(backup)).Error);
        File.Delete(KeyPath);
        SealedText newer = Keyring().Seal("newer");
        SecretKeyring lacking = Keyring();
        Assert.Contains("key restore", Assert.Throws<OctoWorkersException>(() => lacking.Open(token)).Message, StringComparison.Ordinal);
        Assert.Single(Keyring().Restore(backup));
        Assert.Equal(("secret", "newer"), (lacking.Open(token), lacking.Open(newer)));
        Assert.Empty(Keyring().Restore(backup));
    }

    [Fact]
    public async Task GivenSecretsInTheStore_WhenTheKeyIsRotated_ThenEachIsUnderTheNewKeyAndProcessesUnderWayGoOn()
    {
        SqliteStore store = await factory.OpenSqliteAsync();
        SecretKeyring underWay = Keyring();
        string foreign = Keyring(new byte[32]).Seal("foreign").Token;
        await store.PutEnvironmentAsync(new("One") { Description = $"a {underWay.Seal("1")} b {underWay.Seal("2")}" }, true, Cancel);
        await store.PutEnvironmentAsync(new("Two") { Description = foreign }, true, Cancel);
        string old = Assert.Single(underWay.Entries()).Id;

        KeyRotation rotation = await Keyring().RotateAsync(store, Cancel);
        Assert.Equal((2, 1), (rotation.Resealed, rotation.Unreadable.Count));
        Assert.Equal([old], rotation.Dropped);
        IReadOnlyDictionary<string, int> counts = await store.CountSealedAsync(Cancel);
        Assert.Equal(2, counts[rotation.Active]);
        Assert.DoesNotContain(old, counts.Keys);
        IReadOnlyList<EnvironmentRecord> environments = await store.GetEnvironmentsAsync(Cancel);
        string[] words = environments.Single(one => one.Name == "One").Description.Split(' ');
        Assert.Equal(("a", "1", "b", "2"), (words[0], underWay.Open(new(words[1])), words[2], underWay.Open(new(words[3]))));
        Assert.Equal(foreign, environments.Single(one => one.Name == "Two").Description);
        Assert.StartsWith($"ow1.{rotation.Active}.", underWay.Seal("3").Token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenARunUnderWay_WhenTheKeyIsRotated_ThenTheOldKeyIsKeptUntilTheNextTime()
    {
        SqliteStore store = await factory.OpenSqliteAsync();
        SealedText onItsWay = Keyring().Seal("late");
        EnvironmentRecord place = await store.PutEnvironmentAsync(new("Test"), true, Cancel);
        RunRecord run = await store.CreateRunAsync(new(new(1), Sample.Runbook("Any"), place), null, Sample.Now, Cancel);
        KeyRotation first = await Keyring().RotateAsync(store, Cancel);
        Assert.Empty(first.Dropped);
        await store.CommitAsync(new(run.Id, 1) { Events = [new SecretRegistered(1, 1, onItsWay) { At = Sample.Now }] }, Cancel);
        KeyRotation second = await Keyring().RotateAsync(store, Cancel);
        Assert.Equal(1, second.Resealed);
        SecretRegistered read = (SecretRegistered)Assert.Single(await store.GetEventsAsync(run.Id, Cancel));
        Assert.StartsWith($"ow1.{second.Active}.", read.Sealed.Token, StringComparison.Ordinal);
        Assert.Equal("late", Keyring().Open(read.Sealed));
    }

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    private SecretKeyring Keyring(byte[]? given = null)
        => new(factory.Folder, given is null ? null : Convert.ToBase64String(given), TimeProvider.System);
}
