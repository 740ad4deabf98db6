using System.Security.Cryptography;
using System.Text;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.TestKit.Workers;

/// <summary>A machine that is only played: it keeps what a runner keeps, by the rules of docs/runner-protocol.md, and notes when it is asked for what must never be asked.</summary>
internal sealed class SimulatedWorker(SimulatedFleet fleet, string name)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SimulatedRun> runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<byte>> arriving = new(StringComparer.Ordinal);
    private readonly HashSet<string> packages = new(StringComparer.Ordinal);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => name;

    /// <summary>The runs that it knows.</summary>
    public IReadOnlyList<string> Runs => Look(() => runs.Keys.ToArray());

    public RunOnWorker Enter(string run, long token, long knownUnder) => Do(() =>
    {
        long before = runs.TryGetValue(run, out SimulatedRun? known) ? known.FencingToken : 0;
        if (before < knownUnder)
        {
            return new RunOnWorker(false, []);
        }

        known ??= runs[run] = new();
        known.FencingToken = token >= known.FencingToken ? token : throw Fenced(run, token, known.FencingToken);
        return new RunOnWorker(before > 0, [.. known.Tickets.Select(ticket => Describe(ticket.Key, ticket.Value))]);
    });

    public StartResult Start(AttemptStart start) => Do(() =>
    {
        if (!runs.TryGetValue(start.Run, out SimulatedRun? run) || start.FencingToken < run.FencingToken)
        {
            throw Fenced(start.Run, start.FencingToken, run?.FencingToken ?? 0);
        }

        if (run.Tickets.TryGetValue(start.Ticket, out SimulatedAttempt? used))
        {
            return used is null ? StartResult.Refused : StartResult.AlreadyStarted;
        }

        SimulatedAttempt attempt = new(start.Ticket, SimulatedScript.Of(Encoding.UTF8.GetString(start.Script.Span)));
        run.Tickets.Add(start.Ticket, attempt);
        fleet.Started(attempt, name);
        attempt.Begin(fleet.WaitsForNobody);
        return StartResult.Started;
    });

    /// <summary>What an attempt wrote and how it stands, and what is done when that changes.</summary>
    public (byte[] Output, byte[] Error, TicketState State, int? ExitCode, Task Changed) Read(string ticket) => Look(() =>
    {
        SimulatedAttempt attempt = runs.Values.Select(run => run.Tickets.GetValueOrDefault(ticket)).FirstOrDefault(found => found is not null)
            ?? throw new OctoWorkersException(EngineError.OutcomeUnknown, $"Worker '{name}' knows no ticket {ticket}.", ticket);
        return (attempt.OutputBytes, attempt.ErrorBytes, attempt.State, attempt.ExitCode, changed.Task);
    });

    public TerminationReceipt Terminate(string run, string ticket) => Do(() =>
    {
        SimulatedRun known = runs.TryGetValue(run, out SimulatedRun? found) ? found : runs[run] = new();
        if (known.Tickets.TryGetValue(ticket, out SimulatedAttempt? attempt) && attempt is not null)
        {
            return attempt.Terminate();
        }

        known.Tickets[ticket] = null;
        return new TerminationReceipt(TerminationVerdict.NeverStarted, null, [], []);
    });

    public void Remove(string run) => Do(() =>
    {
        if (runs.Remove(run, out SimulatedRun? known) && known.Tickets.Values.FirstOrDefault(ticket => ticket?.State == TicketState.Running) is { } running)
        {
            fleet.Note($"{run} was removed from worker '{name}' while its attempt {running.Ticket} was running.");
        }

        return true;
    });

    public long? Find(string? run, string hash) => Look<long?>(() =>
    {
        if (run is not null && !runs.ContainsKey(run))
        {
            throw new OctoWorkersException(EngineError.FencedOut, $"{run} was not entered on worker '{name}'.", run);
        }

        if (!packages.Contains(hash))
        {
            return arriving.GetValueOrDefault(hash)?.Count ?? 0;
        }

        if (run is not null)
        {
            runs[run].Packages.Add(hash);
        }

        return null;
    });

    public long Send(string hash, long offset, ReadOnlyMemory<byte> bytes) => Do(() =>
    {
        List<byte> there = arriving.TryGetValue(hash, out List<byte>? known) ? known : arriving[hash] = [];
        if (there.Count == offset)
        {
            there.AddRange(bytes.Span);
        }

        return (long)there.Count;
    });

    public string? Verify(string hash) => Do(() =>
    {
        byte[] bytes = [.. arriving.GetValueOrDefault(hash) ?? []];
        arriving.Remove(hash);
        string found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (found == hash && !packages.Add(hash))
        {
            fleet.Note($"A package came to worker '{name}' a second time.");
        }

        return found == hash ? null : found;
    });

    public string? Unpack(PackageToUnpack package) => Do(() =>
    {
        if (!runs.TryGetValue(package.Run, out SimulatedRun? run) || package.FencingToken < run.FencingToken)
        {
            throw Fenced(package.Run, package.FencingToken, run?.FencingToken ?? 0);
        }

        return run.Tickets.ContainsKey(package.Ticket) ? null
            : run.Packages.Contains(package.Hash) ? $"/work/{package.Ticket}/{package.Folder}"
            : throw new OctoWorkersException(EngineError.PackageNotFound, $"Package {package.Hash} is not there for {package.Run}.", package.Hash);
    });

    /// <summary>Lets the attempts that wait go on to their end.</summary>
    /// <returns>How many there were.</returns>
    public int Finish(int most) => Do(() =>
    {
        SimulatedAttempt[] waiting = [.. runs.Values.SelectMany(run => run.Tickets.Values).OfType<SimulatedAttempt>().Where(attempt => attempt.State == TicketState.Running).Take(most)];
        Array.ForEach(waiting, attempt => attempt.Finish());
        return waiting.Length;
    });

    /// <summary>The machine is started anew: what ran has gone; what is on its disk is there, or not.</summary>
    public void Restart(bool losesDisk) => Do(() =>
    {
        foreach (SimulatedAttempt? attempt in runs.Values.SelectMany(run => run.Tickets.Values))
        {
            attempt?.Lose();
        }

        if (losesDisk)
        {
            runs.Clear();
            arriving.Clear();
            packages.Clear();
        }

        return true;
    });

    private static TicketOnWorker Describe(string ticket, SimulatedAttempt? attempt)
        => attempt is null ? new(ticket, TicketState.Refused, null) : new(ticket, attempt.State, attempt.ExitCode);

    private OctoWorkersException Fenced(string run, long given, long highest)
        => new(EngineError.FencedOut, $"Worker '{name}' has seen token {highest} of {run}, and {given} was given.", run);

    private T Look<T>(Func<T> work)
    {
        lock (gate)
        {
            return work();
        }
    }

    private T Do<T>(Func<T> work)
    {
        TaskCompletionSource woken;
        T result;
        lock (gate)
        {
            result = work();
            woken = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        woken.TrySetResult();
        return result;
    }
}
