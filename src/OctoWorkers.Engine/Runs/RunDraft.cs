using System.Text;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Secrets;

namespace OctoWorkers.Engine.Runs;

/// <summary>What a run's loop is about to store in one transaction, and the state that it leads to.</summary>
internal sealed class RunDraft(RunState state, LineBatch notes, RunSecrets secrets)
{
    private RunState start = state;
    private readonly List<RunEvent> events = [];
    private readonly List<LogChunk> log = [];
    private readonly List<OutputCursor> cursors = [];
    private readonly List<RunRequest> children = [];

    public RunState State { get; private set; } = state;

    public bool IsEmpty => events.Count == 0 && log.Count == 0 && notes.IsEmpty;

    public void Add(RunEvent happened)
    {
        happened = EventMask.Apply(secrets, happened);

        // A child's id is only known when it is stored: its note comes with the next draft.
        if (happened is not ChildRunCreated)
        {
            Note(happened);
        }

        State = State.Apply(happened);
        events.Add(happened);
    }

    /// <summary>Takes an event that is stored already: the state follows, and the note of it is stored with the draft.</summary>
    public void AddStored(RunEvent happened)
    {
        Note(happened);
        State = State.Apply(happened);
        start = start.Apply(happened);
    }

    public void Add(AttemptResult result)
    {
        if (result.Rest is { } rest)
        {
            log.AddRange(rest.Log);
            cursors.Add(rest.Cursor);
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
        children.Add(request);
    }

    public void Note(RunEvent happened) => Note(happened.At, RunNotes.Of(State, happened));

    /// <summary>Says something in the run's log.</summary>
    public void Note(DateTimeOffset at, IEnumerable<(LogLevel Level, string Text)> lines)
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

    public JournalCommit ToCommit(RunRecord run, EngineId engine, DateTimeOffset at) => new(run.Id, run.FencingToken)
    {
        Events = events,
        Log = [.. log, .. notes.Drain()],
        Cursors = cursors,
        Children = children,
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
}
