using System.Formats.Tar;
using OctoWorkers.Engine.Packages;
using OctoWorkers.TestKit.Files;
using Xunit;
using static OctoWorkers.Engine.Tests.Packages.PackageFiles;

namespace OctoWorkers.Engine.Tests.Packages;

public sealed class PackageArchiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, TarEntryType, string> Outward => new()
    {
        { "../up", TarEntryType.RegularFile, "" },
        { "a/../../up", TarEntryType.RegularFile, "" },
        { "/etc/passwd", TarEntryType.RegularFile, "" },
        { "link", TarEntryType.SymbolicLink, "/etc" },
        { "a/link", TarEntryType.SymbolicLink, "../../up" },
        { "hard", TarEntryType.HardLink, "../up" },
        { "fifo", TarEntryType.Fifo, "" },
    };

    [Theory]
    [MemberData(nameof(Outward))]
    public async Task GivenEntryThatLeadsOut_WhenChecked_ThenItIsNamed(string name, TarEntryType type, string target)
    {
        string path = Tar(folder.File("P.1.0.tar.gz"), TextEntry("fine", "x"), target.Length > 0 ? Link(type, name, target) : new PaxTarEntry(type, name));
        OctoWorkersException error = await Assert.ThrowsAsync<OctoWorkersException>(() => PackageArchive.CheckAsync(path, Stop));
        Assert.Equal(EngineError.PackageInvalid, error.Error);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenFileBehindALink_WhenChecked_ThenItIsRefusedInEitherOrder()
    {
        TarEntry[] entries = [Link(TarEntryType.SymbolicLink, "a", "."), Link(TarEntryType.SymbolicLink, "a/b", "..")];
        foreach (int first in (int[])[0, 1])
        {
            string path = Tar(folder.File($"P.1.{first}.tar.gz"), Link(TarEntryType.SymbolicLink, entries[first].Name, entries[first].LinkName), Link(TarEntryType.SymbolicLink, entries[1 - first].Name, entries[1 - first].LinkName));
            Assert.Equal(EngineError.PackageInvalid, (await Assert.ThrowsAsync<OctoWorkersException>(() => PackageArchive.CheckAsync(path, Stop))).Error);
        }
    }

    [Fact]
    public async Task GivenHarmlessArchives_WhenChecked_ThenTheyPass()
    {
        await PackageArchive.CheckAsync(Zip(folder.File("Z.1.0.zip"), ("a/b.txt", "x"), ("a/../c", "y")), Stop);
        string tar = Tar(
            folder.File("T.1.0.tar.gz"), TextEntry("lib/one.so.1.2", "x"), Link(TarEntryType.SymbolicLink, "lib/one.so.1", "one.so.1.2"),
            Link(TarEntryType.SymbolicLink, "lib/one.so", "one.so.1"), Link(TarEntryType.HardLink, "two", "lib/one.so.1.2"));
        await PackageArchive.CheckAsync(tar, Stop);
    }

    [Theory]
    [InlineData("P.1.0.zip", "../up")]
    [InlineData("P.1.0.nupkg", "..\\up")]
    [InlineData("P.1.0.zip", "C:/up")]
    public async Task GivenZipThatLeadsOut_WhenChecked_ThenItIsRefused(string file, string entry)
        => Assert.Equal(
            EngineError.PackageInvalid,
            (await Assert.ThrowsAsync<OctoWorkersException>(() => PackageArchive.CheckAsync(Zip(folder.File(file), (entry, "x")), Stop))).Error);

    [Theory]
    [InlineData("P.1.0.zip")]
    [InlineData("P.1.0.tar.gz")]
    public async Task GivenOtherBytes_WhenChecked_ThenItIsNoArchive(string file)
    {
        await File.WriteAllTextAsync(folder.File(file), "no archive at all", Stop);
        OctoWorkersException error = await Assert.ThrowsAsync<OctoWorkersException>(() => PackageArchive.CheckAsync(folder.File(file), Stop));
        Assert.Equal(EngineError.PackageInvalid, error.Error);
    }
}
