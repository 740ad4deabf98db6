using System.Security.Cryptography;
using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.TestKit.Transports;

public abstract partial class ChannelContract
{
    [Fact]
    public async Task GivenFilesOfTheWorkingDirectory_WhenRead_ThenTheirBytesCome()
    {
        IWorkerChannel channel = await EnterAsync();
        int[] lengths = [0, 1, 65536, 3_000_001];
        string ticket = await StartAsync(
            channel, string.Join('\n', lengths.Select(length => $"head -c {length} /dev/urandom >'a {length}'; cat 'a {length}' >{Folder.File($"copy{length}")}")));
        await FollowAsync(channel, ticket);
        foreach (int length in lengths)
        {
            byte[] read = await ReadAsync(channel, ticket, $"a {length}");
            Assert.Equal(length, read.Length);
            Assert.Equal(SHA256.HashData(await File.ReadAllBytesAsync(Folder.File($"copy{length}"), Stop)), SHA256.HashData(read));
        }

        Assert.Equal("more\n", (await RunAsync(channel, "echo more")).Out);
    }

    [Fact]
    public async Task GivenOddNames_WhenRead_ThenTheyAreFound()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, ":");
        await FollowAsync(channel, ticket);
        foreach (string name in new[] { "it's", "-n", "$(id)", "a\nb", "\u00e9\U0001F419", " x " })
        {
            await File.WriteAllTextAsync(Folder.File(name), name, Stop);
            Assert.Equal(name, System.Text.Encoding.UTF8.GetString(await ReadAsync(channel, ticket, Folder.File(name))));
        }
    }

    [Fact]
    public async Task GivenNoFile_WhenRead_ThenTheErrorNamesIt()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, "mkdir folder; mkfifo fifo");
        await FollowAsync(channel, ticket);
        OctoWorkersException missing = await FailsAsync(EngineError.ArtifactNotFound, () => ReadAsync(channel, ticket, "no such"));
        Assert.Contains("no such", missing.Message, StringComparison.Ordinal);
        await FailsAsync(EngineError.InvalidArgument, () => ReadAsync(channel, ticket, "folder"));
        await FailsAsync(EngineError.InvalidArgument, () => ReadAsync(channel, ticket, "fifo"));
        await FailsAsync(EngineError.OutcomeUnknown, () => ReadAsync(channel, "unknown", "folder"));
    }

    [Fact]
    public async Task GivenManyFilesAtOnce_WhenReadSlowly_ThenEachIsWholeAndScriptsRunMeanwhile()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, $"for n in 1 2 3 4; do yes $n | head -c {Much} >f$n; done");
        await FollowAsync(channel, ticket);
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> slow = channel.ReadFileAsync(Run1, ticket, "f1", Stop).GetAsyncEnumerator(Stop);
        Assert.True(await slow.MoveNextAsync());
        long length = slow.Current.Length;
        byte[][] others = await Task.WhenAll(((int[])[2, 3, 4]).Select(n => ReadAsync(channel, ticket, $"f{n}")));
        Assert.All(others, (bytes, i) => Assert.True(bytes.Length == Much && bytes.All(b => b == '\n' || b == '2' + i)));
        Assert.Equal("quick\n", (await RunAsync(channel, "echo quick")).Out);
        while (await slow.MoveNextAsync())
        {
            length += slow.Current.Length;
        }

        Assert.Equal(Much, length);
    }

    [Fact]
    public async Task GivenReaderThatStops_WhenAnotherReads_ThenItBeginsAnew()
    {
        IWorkerChannel channel = await EnterAsync();
        string ticket = await StartAsync(channel, $"yes | head -c {Much} >f");
        await FollowAsync(channel, ticket);
        await foreach (ReadOnlyMemory<byte> _ in channel.ReadFileAsync(Run1, ticket, "f", Stop))
        {
            break;
        }

        Assert.Equal(Much, (await ReadAsync(channel, ticket, "f")).Length);
        await channel.RemoveRunAsync(Run1, Stop);
    }

    protected static async Task<byte[]> ReadAsync(IWorkerChannel channel, string ticket, string path)
    {
        using MemoryStream file = new();
        await foreach (ReadOnlyMemory<byte> piece in channel.ReadFileAsync(Run1, ticket, path, Stop))
        {
            file.Write(piece.Span);
        }

        return file.ToArray();
    }

    [Fact]
    public async Task GivenDamagedBytes_WhenVerified_ThenTheirHashIsToldAndTheyAreForgotten()
    {
        IWorkerChannel channel = await EnterAsync();
        string hash = Convert.ToHexStringLower(SHA256.HashData("right"u8));
        await channel.Packages.SendAsync(hash, 0, "wrong"u8.ToArray(), Stop);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("wrong"u8)), await channel.Packages.VerifyAsync(hash, Stop));
        Assert.Equal(0, await channel.Packages.FindAsync(null, hash, Stop));
    }
}
