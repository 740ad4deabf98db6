using System.Security.Cryptography;
using OctoWorkers.Engine.Tests.Packages;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;
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
    public async Task GivenChannelThatNoRunWasEnteredOn_WhenItsCacheIsUsed_ThenItAnswers()
    {
        IWorkerChannel channel = await OpenAsync();
        Assert.Equal(0, (await channel.Packages.CleanAsync(long.MaxValue, TimeSpan.FromDays(365), Stop)).Removed);
        string hash = Convert.ToHexStringLower(SHA256.HashData("nobody's"u8));
        Assert.Equal(0, await channel.Packages.FindAsync(null, hash, Stop));
        Assert.Equal(8, await channel.Packages.SendAsync(hash, 0, "nobody's"u8.ToArray(), Stop));
        Assert.Null(await channel.Packages.VerifyAsync(hash, Stop));
        Assert.Null(await channel.Packages.FindAsync(null, hash, Stop));
        Assert.Equal(8, (await channel.Packages.CleanAsync(0, TimeSpan.Zero, Stop)).Removed);
    }

    [Fact]
    public async Task GivenExtractionUnderWay_WhenItsTicketIsTaken_ThenItIsEnded()
    {
        const long Size = 4L << 30;
        IWorkerChannel channel = await EnterAsync();
        byte[] bytes = PackageFiles.Zeros("zeros", Size);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        for (int at = 0; at < bytes.Length; at += 1 << 20)
        {
            await channel.Packages.SendAsync(hash, at, bytes.AsMemory(at, Math.Min(1 << 20, bytes.Length - at)), Stop);
        }

        Assert.Null(await channel.Packages.VerifyAsync(hash, Stop));
        Assert.Null(await channel.Packages.FindAsync(Run1, hash, Stop));
        Task<string?> unpacking = channel.Packages.UnpackAsync(new(Run1, 1, "never", hash, "", "tar"), Stop);
        string? file = null;
        await Eventually.HoldsAsync(
            () => (file = Directory.EnumerateFiles(StateHome, "zeros", SearchOption.AllDirectories).FirstOrDefault()) is not null, "it is extracted", Stop);
        Assert.Equal(TerminationVerdict.NeverStarted, (await channel.TerminateAsync(Run1, "never", TimeSpan.Zero, Stop)).Verdict);
        Assert.Null(await unpacking.WaitAsync(TimeSpan.FromMinutes(1), Stop));
        Assert.InRange(new FileInfo(file!).Length, 0, Size - 1);
        await channel.RemoveRunAsync(Run1, Stop);
        Assert.False(File.Exists(file));
        await channel.Packages.CleanAsync(0, TimeSpan.Zero, Stop);
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
