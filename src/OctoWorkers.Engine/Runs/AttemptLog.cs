using System.Runtime.CompilerServices;
using System.Text;
using OctoWorkers.Engine.Compilation;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Runs;

/// <summary>
/// An attempt's output on its way to the journal: bytes become lines and events, and these and how far was read are stored in one transaction.
/// One transaction is under way while the next is gathered.
/// </summary>
internal sealed class AttemptLog
{
    /// <summary>So much text is gathered before it is stored without waiting for a pause.</summary>
    public const int FlushBytes = 1024 * 1024;

    private readonly IRunStore store;
    private readonly AttemptOrder order;
    private readonly TimeProvider time;
    private readonly Action<IReadOnlyList<RunEvent>> stored;
    private readonly LineBatch batch;
    private readonly StreamLevels levels = new();
    private readonly AttemptMessages messages;
    private readonly StreamLines output;
    private readonly StreamLines error;
    private Task storing = Task.CompletedTask;
    private bool changed;
    private bool finished;

    /// <param name="store">The store.</param>
    /// <param name="order">The attempt.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stored">Hears of events of the attempt that are in the journal, before its end is.</param>
    public AttemptLog(IRunStore store, AttemptOrder order, TimeProvider time, Action<IReadOnlyList<RunEvent>> stored)
    {
        this.store = store;
        this.order = order;
        this.time = time;
        this.stored = stored;
        OutputCursor from = order.Resume ?? new(order.Number, order.Attempt, default, 1, default, default);
        Offsets = from.Offsets;
        batch = new(order.Number, order.Attempt, from.NextLine);
        levels.Out = from.Out.Level;
        levels.Error = from.Error.Level;
        messages = new(order, levels, time);
        output = new(OutputKind.Out, from.Out, levels, order.Secrets, messages, batch);
        error = new(OutputKind.Error, from.Error, levels, order.Secrets, null, batch);
    }

    /// <summary>How much was read; the log holds some of it back.</summary>
    public OutputOffsets Offsets { get; private set; }

    public bool IsFull => batch.Bytes >= FlushBytes;

    public bool HasNews => changed;

    public void Take(OutputRead read)
    {
        batch.At = time.GetUtcNow();
        (read.Stream == OutputKind.Out ? output : error).Take(read.Bytes.Span);
        long end = read.Offset + read.Bytes.Length;
        Offsets = read.Stream == OutputKind.Out ? Offsets with { Out = end } : Offsets with { Error = end };
        changed = true;
    }

    /// <summary>Adds a line of the engine's own to the attempt's log.</summary>
    public void Say(LogLevel level, string text)
    {
        batch.At = time.GetUtcNow();
        batch.Level = level;
        batch.AddLine(Encoding.UTF8.GetBytes(order.Secrets.Mask(text)), isCut: false);
        changed = true;
    }

    /// <summary>Adds an event that is stored with the lines gathered so far.</summary>
    public void Add(RunEvent happened)
    {
        messages.Add(happened);
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
        batch.Reuse();
        changed = false;
        JournalCommit commit = new(order.Run, order.FencingToken)
        {
            Events = messages.Drain(), Log = batch.Drain(), Cursors = [Cursor()], At = time.GetUtcNow(),
        };

        // A store may do its work on the thread that calls it, and this one goes on reading.
        storing = Task.Run(() => StoreAsync(commit, cancellationToken), CancellationToken.None);
    }

    /// <summary>Waits for what is being stored.</summary>
    public Task SettleAsync() => storing;

    /// <summary>The artifacts that were announced in what was read.</summary>
    public IReadOnlyList<ArtifactAnnounced> Announced => messages.Announced;

    /// <summary>The streams have ended: unfinished lines are finished.</summary>
    public void Finish()
    {
        if (!finished)
        {
            finished = true;
            batch.At = time.GetUtcNow();
            output.End();
            error.End();
        }
    }

    /// <summary>The streams have ended: unfinished lines are finished, and what is not stored is handed over.</summary>
    [AsyncMethodBuilder(typeof(AheadMethodBuilder<>))]
    public async Task<AttemptRest> EndAsync()
    {
        await storing.ConfigureAwait(false);
        Finish();
        return new(messages.Drain(), batch.Drain(), Cursor());
    }

    private async Task StoreAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        if (commit.Events.Count > 0)
        {
            stored(commit.Events);
        }
    }

    private OutputCursor Cursor()
        => new(
            order.Number, order.Attempt, new(Offsets.Out - output.Held, Offsets.Error - error.Held), batch.NextNumber, output.State, error.State);
}
