using OctoWorkers.Engine.Artifacts;
using Xunit;

namespace OctoWorkers.Engine.Tests.Artifacts;

public sealed class ArtifactFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("octoworkers-artifact-").FullName;

    private string Target => Path.Combine(folder, "a.txt");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task GivenNoFile_WhenWritten_ThenItIsThereAndNothingElse()
    {
        await ArtifactFile.WriteAsync(new MemoryStream([1, 2]), Target, replaces: false, Stop);
        Assert.Equal([1, 2], await File.ReadAllBytesAsync(Target, Stop));
        Assert.Equal([Target], Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GivenSourceThatIsInterrupted_WhenWritten_ThenWhatWasThereIsThereAndNothingElse(bool isThere)
    {
        if (isThere)
        {
            await File.WriteAllTextAsync(Target, "before", Stop);
        }

        using CancellationTokenSource interrupted = new();
        using InterruptedStream source = new(interrupted);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ArtifactFile.WriteAsync(source, Target, replaces: true, interrupted.Token));
        Assert.Equal(isThere ? [Target] : [], Directory.GetFileSystemEntries(folder));
        Assert.Equal(isThere ? "before" : null, isThere ? await File.ReadAllTextAsync(Target, Stop) : null);
    }

    [Fact]
    public async Task GivenFileOrLinkThatIsThere_WhenWritten_ThenOnlyAskedReplacesItAndTheLinkStays()
    {
        await File.WriteAllTextAsync(Target, "before", Stop);
        await Assert.ThrowsAsync<IOException>(() => ArtifactFile.WriteAsync(new MemoryStream([1]), Target, replaces: false, Stop));
        Assert.Equal("before", await File.ReadAllTextAsync(Target, Stop));
        string link = Path.Combine(folder, "link");
        File.CreateSymbolicLink(link, Target);
        await ArtifactFile.WriteAsync(new MemoryStream([1]), link, replaces: true, Stop);
        Assert.Equal([1], await File.ReadAllBytesAsync(Target, Stop));
        Assert.Equal(Target, new FileInfo(link).LinkTarget);
        await ArtifactFile.WriteAsync(new MemoryStream([1]), "/dev/null", replaces: true, Stop);
        Assert.Equal(2, Directory.GetFileSystemEntries(folder).Length);
    }

    private sealed class InterruptedStream(CancellationTokenSource interrupted) : MemoryStream(new byte[8])
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await destination.WriteAsync(ToArray(), cancellationToken);
            await destination.FlushAsync(cancellationToken);
            await interrupted.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
