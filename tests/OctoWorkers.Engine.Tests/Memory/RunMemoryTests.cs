using System.Text;
using OctoWorkers.Engine.Tests.Durability;
using Xunit;

namespace OctoWorkers.Engine.Tests.Memory;

/// <summary>A process that drives a run holds a constant amount, however much the run prints into a real store.</summary>
[Collection(MemoryGroup.Name)]
public sealed class RunMemoryTests
{
    private const long Bound = 200L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GivenAGigabyteOfLines_WhenARunReadsThem_ThenItTakesTheMemoryOfAHundredMegabytes()
    {
        long small = await LinesAsync(1_000_000);
        long large = await LinesAsync(10_000_000);
        Assert.True(large < small + (64 << 20), $"1 GB took {large >> 20} MiB, and 100 MB {small >> 20} MiB.");
        Assert.True(large < Bound, $"1 GB took {large >> 20} MiB.");
    }

    [Fact]
    public async Task GivenAGigabyteWithoutANewline_WhenARunReadsIt_ThenItIsCutAndMemoryStaysBounded()
    {
        await using DurableWorld world = await WorldAsync("head -c 1000000000 /dev/zero | tr '\\0' x");
        long peak = await RunAsync(world);
        Assert.True(peak < Bound, $"It took {peak >> 20} MiB.");
        long length = 0;
        bool continues = true;
        await using OctoWorkersEngine engine = world.Engine();
        await foreach (LogLine line in engine.ReadLogAsync(new RunId(1), 0, 1, follow: false, Stop))
        {
            Assert.True(continues, $"Line {line.Number} follows one that is not marked as continued.");
            Assert.False(line.Text.AsSpan().ContainsAnyExcept('x'));
            continues = line.Continues;
            length += line.Text.Length;
        }

        Assert.False(continues);
        Assert.Equal(1_000_000_000, length);
    }

    [Fact]
    public async Task GivenTenMillionEmptyLines_WhenARunReadsThem_ThenAllAreThereAndMemoryStaysBounded()
    {
        await using DurableWorld world = await WorldAsync("yes '' | head -n 10000000");
        long peak = await RunAsync(world);
        Assert.True(peak < Bound, $"It took {peak >> 20} MiB.");
        long count = 0;
        await using OctoWorkersEngine engine = world.Engine();
        await foreach (LogLine line in engine.ReadLogAsync(new RunId(1), 0, 1, follow: false, Stop))
        {
            count++;
            Assert.True(line.Number == count && line.Text.Length == 0, $"Line {line.Number} is the {count}th: '{line.Text}'.");
        }

        Assert.Equal(10_000_000, count);
    }

    private static async Task<long> LinesAsync(long count)
    {
        await using DurableWorld world = await WorldAsync(NumberedLines.Script(count));
        long peak = await RunAsync(world);
        NumberedLines lines = new();
        await using OctoWorkersEngine engine = world.Engine();
        byte[] text = new byte[100];
        await foreach (LogLine line in engine.ReadLogAsync(new RunId(1), 0, 1, follow: false, Stop))
        {
            Assert.True(line.Text.Length < text.Length && lines.Next(text.AsSpan(0, Encoding.UTF8.GetBytes(line.Text, text))), $"Line {line.Number}: '{line.Text}'.");
        }

        Assert.Equal(count, lines.Count);
        return peak;
    }

    private static Task<DurableWorld> WorldAsync(string script)
        => DurableWorld.MakeAsync(new RunbookDefinition("Prints", [new StepDefinition("Print", new ScriptAction(script))]));

    // The most memory that a process of its own took, all that is not managed included.
    private static async Task<long> RunAsync(DurableWorld world)
    {
        using CrashHostProcess host = CrashHostProcess.Start(world, "Prints", "never");
        long began = TimeProvider.System.GetTimestamp();
        long peak = 0;
        while (!await host.WaitAsync(TimeSpan.FromMilliseconds(50)))
        {
            peak = host.PeakMemory ?? peak;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "The run did not end in five minutes.");
        }

        Assert.True(await host.WaitAsync() == 0, host.Errors);
        Assert.True(peak > 0);
        return peak;
    }
}
