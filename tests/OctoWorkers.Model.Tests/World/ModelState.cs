namespace OctoWorkers.Model.Tests.World;

/// <summary>What a scenario's people and processes did, as far as rules speak of it.</summary>
internal sealed class ModelState
{
    private readonly Lock gate = new();
    private readonly List<RunId> runs = [];
    private readonly Dictionary<InterruptionId, InterruptionAnswer> answers = [];
    private readonly HashSet<string> doubted = [];

    /// <summary>The answers that were accepted.</summary>
    public IReadOnlyDictionary<InterruptionId, InterruptionAnswer> Answers => answers;

    /// <summary>Processes that were not alive, or were not taken for alive, at some time.</summary>
    public IReadOnlySet<string> Doubted => doubted;

    public void Starts(RunId run) => runs.Add(run);

    public void Doubts(string engine) => doubted.Add(engine);

    /// <summary>A run by its place; null: there is none.</summary>
    public RunId? RunAt(int place) => runs.Count == 0 ? null : runs[place % runs.Count];

    /// <summary>An answer was accepted.</summary>
    /// <exception cref="LawBrokenException">It was not the first one.</exception>
    public void Answered(InterruptionId id, InterruptionAnswer answer)
    {
        lock (gate)
        {
            if (!answers.TryAdd(id, answer))
            {
                throw new LawBrokenException($"Two answers to {id} were accepted: {answers[id]} and {answer}.");
            }
        }
    }
}
