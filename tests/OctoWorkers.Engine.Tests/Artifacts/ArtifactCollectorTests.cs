using OctoWorkers.Engine.Artifacts;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Files;
using Xunit;

namespace OctoWorkers.Engine.Tests.Artifacts;

public sealed class ArtifactCollectorTests : IDisposable
{
    private static readonly RunId Run = new(7);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task GivenFilesOfAnAttempt_WhenCollected_ThenTheyAreStoredAndWhatIsMissingIsTold()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        LocalTransport transport = new(TimeProvider.System) { Environment = new Dictionary<string, string> { ["XDG_STATE_HOME"] = folder.Path } };
        await using IWorkerChannel channel = await transport.OpenAsync(new("0123456789abcdef", new WorkerId(7), "worker7", new LocalConnection()), stop);
        await channel.EnterRunAsync(Run.ToString(), 1, 0, stop);
        await channel.StartAsync(new(Run.ToString(), 1, "7-1-1", ["sh"], "printf one >a; mkdir d"u8.ToArray()), stop);
        await foreach (AttemptSignal _ in channel.FollowAsync("7-1-1", default, stop))
        {
        }

        ArtifactFolder store = new(folder.Path);
        ArtifactCollector collector = new(store, new PlainSecrets(), TimeProvider.System);
        ArtifactAnnounced[] announced = [Announced(1, "a"), Announced(2, "secret-missing"), Announced(3, "d")];
        IReadOnlyList<ArtifactCollected> collected = await collector.CollectAsync(channel, Run, "7-1-1", announced, stop);
        Assert.Equal([(1, 3L), (2, null), (3, null)], collected.Select(one => (one.Number, one.Length)));
        Assert.Null(collected[0].Error);
        Assert.Contains("no such file", collected[1].Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", collected[1].Error, StringComparison.Ordinal);
        Assert.Contains("not a regular file", collected[2].Error, StringComparison.Ordinal);
        using StreamReader reader = new(store.OpenRead(Run, 1));
        Assert.Equal("one", await reader.ReadToEndAsync(stop));
        await channel.RemoveRunAsync(Run.ToString(), stop);
    }

    private static ArtifactAnnounced Announced(int number, string path) => new(1, 1, number, $"artifact {number}", new SealedText(path)) { At = default };
}
