using System.Security.Cryptography;
using OctoWorkers.Engine.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Transports;

public abstract partial class WorkerChannelContract
{
    [Fact]
    public async Task GivenBytesOfAnyKind_WhenSentInPieces_ThenTheyAreVerifiedAndComeOutAsTheyWere()
    {
        IWorkerChannel channel = await EnterAsync();
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value), .. "\\0000\\''\n$(id)`\r\n\\\\"u8, .. RandomNumberGenerator.GetBytes(100_000)];
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Equal(0, await channel.Packages.FindAsync(Run1, hash, Stop));
        Assert.Equal(60_000, await channel.Packages.SendAsync(hash, 0, bytes.AsMemory(0, 60_000), Stop));
        Assert.Equal(60_000, await channel.Packages.SendAsync(hash, 99, bytes.AsMemory(99, 60_000), Stop));
        Cut();
        channel = await EnterAsync();
        Assert.Equal(60_000, await channel.Packages.FindAsync(Run1, hash, Stop));
        Assert.Equal(bytes.Length, await channel.Packages.SendAsync(hash, 60_000, bytes.AsMemory(60_000), Stop));
        Assert.Null(await channel.Packages.VerifyAsync(hash, Stop));
        Assert.Null(await channel.Packages.FindAsync(Run1, hash, Stop));

        string folder = (await channel.Packages.UnpackAsync(new(Run1, 1, "ticket-of-package", hash, "", "file:the file"), Stop))!;
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(folder, "the file"), Stop));
        Assert.StartsWith(StateHome, folder, StringComparison.Ordinal);
        OctoWorkersException broken = await Assert.ThrowsAsync<OctoWorkersException>(
            () => channel.Packages.UnpackAsync(new(Run1, 1, "ticket-of-package", hash, "no tar", "tar"), Stop));
        Assert.Equal(EngineError.PackageInvalid, broken.Error);
        Assert.Equal((0, bytes.Length), await channel.Packages.CleanAsync(0, TimeSpan.Zero, Stop));
        await channel.RemoveRunAsync(Run1, Stop);
        Assert.False(Directory.Exists(folder));
        Assert.Equal((bytes.Length, 0), await channel.Packages.CleanAsync(0, TimeSpan.Zero, Stop));
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

    [Fact]
    public async Task GivenPackageInTheWorkingDirectory_WhenTheAttemptStarts_ThenItFindsIt_AndNothingMoreIsUnpacked()
    {
        IWorkerChannel channel = await EnterAsync();
        byte[] bytes = "#!/bin/sh\necho packed\n"u8.ToArray();
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await channel.Packages.SendAsync(hash, 0, bytes, Stop);
        Assert.Null(await channel.Packages.VerifyAsync(hash, Stop));
        Assert.Null(await channel.Packages.FindAsync(Run1, hash, Stop));
        PackageToUnpack package = new(Run1, 1, "1-1-1", hash, "", "file:tool");
        Assert.NotNull(await channel.Packages.UnpackAsync(package, Stop));
        await channel.StartAsync(new(Run1, 1, "1-1-1", ["sh"], "sh ./tool; echo more >made"u8.ToArray()), Stop);
        Assert.Equal("packed\n", (await FollowAsync(channel, "1-1-1")).Out);
        Assert.Null(await channel.Packages.UnpackAsync(package, Stop));
        Assert.Equal("more\n", System.Text.Encoding.UTF8.GetString(await ReadAsync(channel, "1-1-1", "made")));
        await channel.RemoveRunAsync(Run1, Stop);
        await channel.Packages.CleanAsync(0, TimeSpan.Zero, Stop);
    }
}
