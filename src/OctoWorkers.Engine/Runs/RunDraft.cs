using System.Text;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Locks;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's loop is about to store in one transaction, and the state that it leads to.</summary>
internal sealed class RunDraft(RunState state, LineBatch notes, RunSecrets secrets)
{
    private readonly RunState origin = state;
    private readonly long firstNote = notes.NextNumber;
    private readonly List<Action<RunDraft>> beforeBegins = [];
    private RunState start = state;
    private bool begins;
    private readonly List<RunEvent> events = [];
    private readonly List<LogChunk> log = [];
    private readonly List<OutputCursor> cursors = [];
    private readonly List<RunRequest> children = [];
    private readonly List<LockRequest> locks = [];

    public RunState State { get; private set; } = state;

    public bool IsEmpty => events.Count == 0 && log.Count == 0 && notes.IsEmpty;

    /// <summary>Locks of machines that are to be taken with it.</summary>
    public IReadOnlyList<LockRequest> Locks => locks;

    public void Add(RunEvent happened)
    {
        Record(draft => draft.Add(happened));
        happened = EventMask.Apply(secrets, happened);

        // A child's id is only known when it is stored: its note comes with the next draft.
        if (happened is not ChildRunCreated)
        {
            Write(happened);
        }

        State = State.Apply(happened);
        events.Add(happened);
    }

    /// <summary>Takes an event that is stored already: the state follows, and the note of it is stored with the draft.</summary>
    public void AddStored(RunEvent happened)
    {
        Record(draft => draft.AddStored(happened));
        Write(happened);
        State = State.Apply(happened);
        start = start.Apply(happened);
    }

    public void Add(AttemptResult result)
    {
        if (result.Rest is { } rest)
        {
            AddLog(rest);
            foreach (RunEvent happened in rest.Events)
            {
                Add(happened);
            }
        }
    }

    /// <summary>Adds the end of an attempt, and what that means for its step.</summary>
    public void AddEnd(AttemptEnded ended)
    {
        RunEvent follows = AttemptVerdict.Follow(State, ended);
        Add(ended);
        Add(follows);
    }

    public void AddChild(ChildRunCreated created, RunRequest request)
    {
        Add(created);
        Record(draft => draft.children.Add(request));
        children.Add(request);
    }

    /// <summary>Adds the beginning of an attempt, and the locks of its machines that are taken with it; none: they are held already.</summary>
    public void AddBegin(AttemptIntended intended, IEnumerable<LockRequest> taken)
    {
        begins = true;
        locks.AddRange(taken);
        Add(intended);
    }

    /// <summary>The same draft up to the first beginning of an attempt: from there on it is to be decided anew. This one is not used any more.</summary>
    public RunDraft BeforeBegins()
    {
        notes.Rewind(firstNote);
        RunDraft again = new(origin, notes, secrets);
        beforeBegins.ForEach(step => step(again));
        return again;
    }

    public void Note(RunEvent happened)
    {
        Record(draft => draft.Note(happened));
        Write(happened);
    }

    /// <summary>Says something in the run's log.</summary>
    public void Note(DateTimeOffset at, IEnumerable<(LogLevel Level, string Text)> lines)
    {
        (LogLevel Level, string Text)[] all = [.. lines];
        Record(draft => draft.Note(at, all));
        Write(at, all);
    }

    public JournalCommit ToCommit(RunRecord run, EngineId engine, DateTimeOffset at) => new(run.Id, run.FencingToken)
    {
        Events = events,
        Log = [.. log, .. notes.Drain()],
        Cursors = cursors,
        Children = children,
        Locks = locks,
        ChildOwner = engine,
        At = at,
        SurvivesPowerLoss = events.Exists(happened => happened is AttemptIntended or AttemptEnded),
    };

    /// <summary>The state now that the children have ids.</summary>
    public RunState Settle(IReadOnlyList<RunRecord> created)
    {
        if (children.Count == 0)
        {
            return State;
        }

        Queue<RunRecord> ids = new(created);
        return events
            .Select(happened => happened is ChildRunCreated child ? child with { Child = ids.Dequeue().Id } : happened)
            .Aggregate(start, (state, happened) => state.Apply(happened));
    }

    /// <summary>The events of the children that were created, with their ids.</summary>
    public IEnumerable<ChildRunCreated> SettledChildren(IReadOnlyList<RunRecord> created)
        => events.OfType<ChildRunCreated>().Zip(created, (happened, child) => happened with { Child = child.Id });

    private void AddLog(AttemptRest rest)
    {
        Record(draft => draft.AddLog(rest));
        log.AddRange(rest.Log);
        cursors.Add(rest.Cursor);
    }

    private void Record(Action<RunDraft> step)
    {
        if (!begins)
        {
            beforeBegins.Add(step);
        }
    }

    private void Write(RunEvent happened) => Write(happened.At, RunNotes.Of(State, happened));

    private void Write(DateTimeOffset at, IEnumerable<(LogLevel Level, string Text)> lines)
    {
        foreach ((LogLevel level, string text) in lines)
        {
            notes.At = at;
            notes.Level = level;
            foreach (string line in secrets.Mask(text).Split('\n'))
            {
                notes.AddLine(Encoding.UTF8.GetBytes(line), isCut: false);
            }
        }
    }
}
