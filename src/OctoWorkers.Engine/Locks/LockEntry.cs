namespace OctoWorkers.Engine.Locks;

/// <summary>Somebody in the queue for a machine's lock, who holds it or waits for it.</summary>
/// <param name="Number">Its place: who came earlier has a lower one.</param>
/// <param name="Holder">The run, or the process, that holds it: entries of one holder are in nobody's way but others'.</param>
/// <param name="Mode">How.</param>
/// <param name="IsHeld">Whether it is held.</param>
/// <param name="IsDriven">Whether whoever waits is alive; those who are not are passed over until somebody takes them over.</param>
public sealed record LockEntry(long Number, string Holder, LockMode Mode, bool IsHeld, bool IsDriven);
