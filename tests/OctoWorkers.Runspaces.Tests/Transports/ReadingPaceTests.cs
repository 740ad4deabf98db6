using System.Text;
using OctoWorkers.Runspaces.Transports;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Transports;

public sealed class ReadingPaceTests
{
    [Fact]
    public void GivenManyMessages_WhenNothingIsSentMeanwhile_ThenTheyGather()
    {
        using MemoryStream sent = new();
        using PacketWriter writer = new(sent);
        ReadingPace pace = new(writer);
        writer.WriteLine("begin");
        pace.Count();

        for (int i = 0; i < ReadingPace.Many; i++)
        {
            Assert.False(pace.IsCalm);
            pace.Count();
        }

        Assert.True(pace.IsCalm);
        pace.Wait();
        pace.Count();
        Assert.True(pace.IsCalm);
    }

    [Fact]
    public void GivenMessagesThatGather_WhenSomethingIsSent_ThenTheAnswerIsHurriedFor()
    {
        using MemoryStream sent = new();
        using PacketWriter writer = new(sent);
        ReadingPace pace = new(writer);
        for (int i = 0; i < ReadingPace.Many; i++)
        {
            pace.Count();
        }

        Assert.True(pace.IsCalm);
        writer.WriteLine("question");
        Assert.False(pace.IsCalm);
        for (int i = 0; i < ReadingPace.Many; i++)
        {
            pace.Count();
            Assert.False(pace.IsCalm);
        }

        pace.Count();
        Assert.True(pace.IsCalm);
    }

    [Fact]
    public void GivenLinesThatCameTogether_WhenTheyAreRead_ThenNothingIsWaitedForBetweenThem()
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes("one\ntwo\r\nthree\ncut"));
        int waits = 0;
        PacketReader reader = new(stream, () => waits++);

        Assert.Equal(("one", 0), (reader.ReadLine(), waits));
        Assert.Equal(("two", 0), (reader.ReadLine(), waits));
        Assert.Equal(("three", 0), (reader.ReadLine(), waits));
        Assert.Equal(("cut", 1), (reader.ReadLine(), waits));
        Assert.True(reader.IsCut);
        Assert.Null(reader.ReadLine());
    }

    [Fact]
    public void GivenMoreThanIsReadAtOnce_WhenItIsRead_ThenNothingIsWaitedForBeforeItsEnd()
    {
        string line = new('x', 1_000_000);
        using MemoryStream stream = new(Encoding.UTF8.GetBytes($"{line}\n{line}\n"));
        int waits = 0;
        PacketReader reader = new(stream, () => waits++);

        Assert.Equal(line, reader.ReadLine());
        Assert.Equal(line, reader.ReadLine());
        Assert.Equal(0, waits);
        Assert.Null(reader.ReadLine());
        Assert.Equal(1, waits);
    }
}
