using System.Collections.Concurrent;
using OctoWorkers.Engine.Transports;
using OctoWorkers.TestKit.Processes;

namespace OctoWorkers.TestKit.Workers;

/// <summary>
/// Workers that are only played, for all processes of a test: they can hang, fail, vanish, and lose what they had. It keeps every attempt that was ever started,
/// and notes what must never happen on a worker.
/// </summary>
public sealed class SimulatedFleet
{
    private readonly ConcurrentDictionary<WorkerId, SimulatedWorker> workers = [];
    private readonly ConcurrentDictionary<string, SimulatedWire> wires = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SimulatedAttempt> attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> notes = [];
    private volatile bool waitsForNobody;

    /// <summary>Every attempt that was started, by its ticket.</summary>
    public IReadOnlyDictionary<string, SimulatedAttempt> Attempts => attempts;

    /// <summary>What must never happen and did, in words.</summary>
    public IReadOnlyCollection<string> Notes => notes;

    internal bool WaitsForNobody => waitsForNobody;

    /// <summary>A way to the workers.</summary>
    /// <param name="life">The process that has it.</param>
    public IWorkerTransport TransportOf(ProcessLife life) => new SimulatedTransport(this, life);

    /// <summary>The runs that a worker knows.</summary>
    /// <param name="worker">The worker.</param>
    public IReadOnlyList<string> RunsOn(WorkerId worker) => workers.TryGetValue(worker, out SimulatedWorker? known) ? known.Runs : [];

    /// <summary>Breaks the connections to a worker.</summary>
    /// <param name="name">Its name.</param>
    public void Cut(string name) => WireOf(name).Cut();

    /// <summary>Breaks the connections to a worker in the middle of a call, which then has its effect or not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="calls">How many calls go well before that.</param>
    /// <param name="hasEffect">Whether the worker does what it was asked for.</param>
    public void CutAt(string name, int calls, bool hasEffect) => WireOf(name).CutAt(calls, hasEffect);

    /// <summary>A worker cannot be reached, or can again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isGone">Whether it cannot.</param>
    public void Vanish(string name, bool isGone) => WireOf(name).IsGone = isGone;

    /// <summary>A worker does not answer, or does again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hangs">Whether it does not.</param>
    public void Hang(string name, bool hangs) => WireOf(name).Hang(hangs);

    /// <summary>A worker's machine is started anew.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="losesDisk">Whether it has lost all that it kept.</param>
    public void Restart(string name, bool losesDisk)
    {
        WireOf(name).Cut();
        foreach (SimulatedWorker worker in workers.Values.Where(worker => worker.Name == name))
        {
            worker.Restart(losesDisk);
        }
    }

    /// <summary>A worker loses what it knows of runs, while its connections stay.</summary>
    /// <param name="name">Its name.</param>
    public void Forget(string name)
    {
        foreach (SimulatedWorker worker in workers.Values.Where(worker => worker.Name == name))
        {
            worker.Restart(losesDisk: true);
        }
    }

    /// <summary>Lets attempts that wait go on to their end.</summary>
    /// <param name="most">How many at the most.</param>
    public void Finish(int most)
    {
        foreach (SimulatedWorker worker in workers.Values.OrderBy(worker => worker.Name, StringComparer.Ordinal))
        {
            most -= worker.Finish(most);
        }
    }

    /// <summary>From now on all is well: workers can be reached and answer, and no attempt waits for anybody.</summary>
    public void Recover()
    {
        waitsForNobody = true;
        foreach (SimulatedWire wire in wires.Values)
        {
            wire.Recover();
        }

        Finish(int.MaxValue);
    }

    internal SimulatedWire WireOf(string name) => wires.GetOrAdd(name, _ => new());

    internal SimulatedWorker WorkerOf(WorkerAddress address) => workers.GetOrAdd(address.Worker, _ => new(this, address.Name));

    internal void Note(string text) => notes.Enqueue(text);

    internal void Started(SimulatedAttempt attempt, string worker)
    {
        if (!attempts.TryAdd(attempt.Ticket, attempt))
        {
            Note($"Ticket {attempt.Ticket} was started a second time, on worker '{worker}'.");
        }
    }
}
