using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// An attempt's output on its way to the journal: bytes become lines, and lines, offsets and unfinished lines are stored in one transaction.
/// One transaction is under way while the next is gathered.
/// </summary>
internal sealed class AttemptLog(IRunStore store, AttemptOrder order, TimeProvider time)
{
    /// <summary>So much text is gathered before it is stored without waiting for a pause.</summary>
    public const int FlushBytes = 1024 * 1024;

    private readonly LineBatch batch = new(order.Number, order.Attempt, order.Resume?.NextLine ?? 1);
    private readonly LineSplitter output = new(order.Resume?.PartialOut ?? default);
    private readonly LineSplitter error = new(order.Resume?.PartialError ?? default);
    private Task storing = Task.CompletedTask;
    private bool changed;

    public OutputOffsets Offsets { get; private set; } = order.Resume?.Offsets ?? default;

    public bool IsFull => batch.Bytes >= FlushBytes;

    public bool HasNews => changed;

    public void Take(OutputRead read)
    {
        batch.At = time.GetUtcNow();
        batch.Level = LevelOf(read.Stream);
        (read.Stream == OutputKind.Out ? output : error).Take(read.Bytes.Span, batch);
        long end = read.Offset + read.Bytes.Length;
        Offsets = read.Stream == OutputKind.Out ? Offsets with { Out = end } : Offsets with { Error = end };
        changed = true;
    }

    /// <summary>Adds a line of the engine's own to the attempt's log.</summary>
    public void Say(LogLevel level, string text)
    {
        batch.At = time.GetUtcNow();
        batch.Level = level;
        batch.AddLine(System.Text.Encoding.UTF8.GetBytes(text), isCut: false);
        changed = true;
    }

    /// <summary>Stores what was gathered; returns when the transaction before it has ended.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (!changed)
        {
            return;
        }

        await storing.ConfigureAwait(false);
        changed = false;
        storing = store.CommitAsync(
            new JournalCommit(order.Run, order.FencingToken) { Log = batch.Drain(), Cursors = [Cursor()], At = time.GetUtcNow() }, cancellationToken);
    }

    /// <summary>Waits for what is being stored.</summary>
    public Task SettleAsync() => storing;

    /// <summary>The streams have ended: unfinished lines are finished, and what is not stored is handed over.</summary>
    public async Task<(IReadOnlyList<LogChunk> Log, OutputCursor Cursor)> EndAsync()
    {
        await storing.ConfigureAwait(false);
        batch.At = time.GetUtcNow();
        batch.Level = LevelOf(OutputKind.Out);
        output.End(batch);
        batch.Level = LevelOf(OutputKind.Error);
        error.End(batch);
        return (batch.Drain(), Cursor());
    }

    private static LogLevel LevelOf(OutputKind stream) => stream == OutputKind.Out ? LogLevel.Information : LogLevel.Error;

    private OutputCursor Cursor()
        => new(order.Number, order.Attempt, Offsets, batch.NextNumber, output.Partial.ToArray(), error.Partial.ToArray());
}
