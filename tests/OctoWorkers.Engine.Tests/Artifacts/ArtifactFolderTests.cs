using OctoWorkers.Engine.Artifacts;
using OctoWorkers.TestKit.Files;
using Xunit;

namespace OctoWorkers.Engine.Tests.Artifacts;

public sealed class ArtifactFolderTests : IDisposable
{
    private static readonly RunId Run = new(7);
    private readonly TemporaryFolder home = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Folder => home.File("artifacts/RunbookRuns-7");

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task GivenPieces_WhenWritten_ThenTheyAreReadAgainAndOnlyTheOwnerCan()
    {
        ArtifactFolder store = new(home.Path);
        Assert.Equal(5, await store.WriteAsync(Run, 1, Pieces("abc", "", "de"), Stop));
        using StreamReader reader = new(store.OpenRead(Run, 1));
        Assert.Equal("abcde", await reader.ReadToEndAsync(Stop));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("600", Convert.ToString((int)File.GetUnixFileMode(Path.Combine(Folder, "1")), 8));
            Assert.Equal("700", Convert.ToString((int)File.GetUnixFileMode(Folder), 8));
        }

        Assert.Equal(["1"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task GivenPiecesThatFail_WhenWritten_ThenTheOldOneStaysAndNothingIsLeftOver()
    {
        ArtifactFolder store = new(home.Path);
        await store.WriteAsync(Run, 1, Pieces("old"), Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(Run, 1, Pieces("new", null), Stop));
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(Folder, "1"), Stop));
        Assert.Single(Directory.GetFiles(Folder));
        await store.WriteAsync(Run, 1, Pieces("new"), Stop);
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(Folder, "1"), Stop));
    }

    [Fact]
    public async Task GivenRun_WhenRemoved_ThenItsArtifactsAreGone()
    {
        ArtifactFolder store = new(home.Path);
        await store.WriteAsync(Run, 1, Pieces("x"), Stop);
        store.RemoveRun(Run);
        store.RemoveRun(Run);
        OctoWorkersException failure = Assert.Throws<OctoWorkersException>(() => store.OpenRead(Run, 1));
        Assert.Equal(EngineError.ArtifactNotFound, failure.Error);
    }

    [Fact]
    public void GivenJournal_WhenAsked_ThenItTellsWhatWasCollectedAndWhatIsPending()
    {
        RunEvent[] events =
        [
            new ArtifactAnnounced(1, 1, 1, "a", new SealedText("x")) { At = default },
            new ArtifactAnnounced(1, 1, 2, "b", new SealedText("x")) { At = default },
            new ArtifactAnnounced(1, 1, 3, "c", new SealedText("x")) { At = default },
            new ArtifactCollected(1, 1, 2, 5, null) { At = default },
            new ArtifactCollected(1, 1, 1, null, "gone") { At = default },
        ];
        Assert.Equal([new RunArtifact(Run, 1, 1, 1, "b", 5, default) { StoredAs = 2 }], RunArtifacts.Collected(Run, events));
        Assert.Equal([3], RunArtifacts.Pending(events, 1, 1).Select(artifact => artifact.Number));
        Assert.Empty(RunArtifacts.Pending(events, 1, 2));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(params string?[] pieces)
    {
        foreach (string? piece in pieces)
        {
            await Task.Yield();
            yield return System.Text.Encoding.UTF8.GetBytes(piece ?? throw new InvalidOperationException("the worker went away"));
        }
    }
}
