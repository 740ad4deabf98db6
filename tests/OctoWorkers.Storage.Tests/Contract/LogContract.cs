using System.Text;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;

namespace OctoWorkers.Storage.Tests.Contract;

public abstract class LogContract<TFactory> : StoreContract<TFactory>
    where TFactory : StoreFactory, new()
{
    [Fact]
    public async Task GivenChunks_WhenReadByCursor_ThenChunksThatHoldLaterLinesCome()
    {
        RunRecord run = await CreateRunAsync();
        LogChunk[] chunks =
        [
            Sample.Chunk(1, "engine\n", step: 0), Sample.Chunk(2, "a\nb\nc\n"), Sample.Chunk(5, "größe 😀\n", step: 2, LogLevel.Error),
            Sample.Chunk(6, "d\n") with { Continues = true, Attempt = 3, FirstNumber = 4 },
        ];
        await Store.CommitAsync(new(run.Id, 1) { Log = chunks[..2] }, Cancel);
        await Store.CommitAsync(new(run.Id, 1) { Log = chunks[2..] }, Cancel);
        Assert.Equal([1, 2, 5, 6], await ReadAsync(0, null));
        Assert.Equal([2, 5, 6], await ReadAsync(1, null));
        Assert.Equal([2, 5, 6], await ReadAsync(3, null));
        Assert.Equal([5, 6], await ReadAsync(4, null));
        Assert.Equal([6], await ReadAsync(5, null));
        Assert.Empty(await ReadAsync(6, null));
        Assert.Empty(await ReadAsync(1000, null));
        Assert.Equal([2, 6], await ReadAsync(0, 1));
        Assert.Equal([1], await ReadAsync(0, 0));
        Assert.Equal([1], await ReadAsync(0, null, 1));
        Assert.Equal([1, 2], await ReadAsync(0, null, 8));
        IReadOnlyList<LogChunk> read = await Store.GetLogAsync(run.Id, 4, null, 1000, Cancel);
        Assert.Equal("größe 😀\n", Encoding.UTF8.GetString(read[0].Text.Span));
        Assert.Equal(chunks[2] with { Text = read[0].Text }, read[0]);
        Assert.Equal(chunks[3] with { Text = read[1].Text }, read[1]);
        Assert.Empty(await Store.CheckAsync(Cancel));

        async Task<IEnumerable<long>> ReadAsync(long after, int? step, int maxBytes = 1000)
            => (await Store.GetLogAsync(run.Id, after, step, maxBytes, Cancel)).Select(chunk => chunk.FirstCursor);
    }

    [Fact]
    public async Task GivenCursors_WhenCommittedAgain_ThenEachTakesThePlaceOfTheOneOfItsAttemptUntilTheRunEnds()
    {
        RunRecord run = await CreateRunAsync();
        StreamState first = new(StreamLevel.Highlight, true, false, 1023);
        StreamState second = new(StreamLevel.Ignore, false, true);
        await Store.CommitAsync(
            new(run.Id, 1) { Cursors = [new(2, 1, new(1, 2), 3, first, default), new(1, 1, new(4, 5), 6, first, second)] }, Cancel);
        await Store.CommitAsync(new(run.Id, 1) { Cursors = [new(2, 1, new(long.MaxValue, 0), 7, second, first)] }, Cancel);
        IReadOnlyList<OutputCursor> cursors = await Store.GetOutputCursorsAsync(run.Id, Cancel);
        Assert.Equal([(1, 1, 4L, 5L, 6L), (2, 1, long.MaxValue, 0L, 7L)], cursors.Select(c => (c.Step, c.Attempt, c.Offsets.Out, c.Offsets.Error, c.NextLine)));
        Assert.Equal([(first, second), (second, first)], cursors.Select(c => (c.Out, c.Error)));
        await EndAsync(run);
        Assert.Empty(await Store.GetOutputCursorsAsync(run.Id, Cancel));
    }

    [Fact]
    public async Task GivenChunksOfSeveralCommits_WhenStored_ThenTheStoreNumbersTheirLinesWithoutGaps()
    {
        RunRecord run = await CreateRunAsync();
        await Store.CommitAsync(new(run.Id, 1) { Log = [Sample.Chunk(0, "a\nb\n"), Sample.Chunk(0, "c\n")] }, Cancel);
        await Store.CommitAsync(new(run.Id, 1) { Log = [Sample.Chunk(7, "d\n")] }, Cancel);
        IReadOnlyList<LogChunk> chunks = await Store.GetLogAsync(run.Id, 0, null, 1000, Cancel);
        Assert.Equal([(1L, 2), (3L, 1), (4L, 1)], chunks.Select(chunk => (chunk.FirstCursor, chunk.LineCount)));
    }
}
