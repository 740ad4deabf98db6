namespace OctoWorkers;

/// <summary>A machine's lock as one holds it or waits for it.</summary>
/// <param name="Machine">The machine's id: <c>Workers-3</c>, for a deployment target <c>Machines-3</c>.</param>
/// <param name="MachineName">Its name.</param>
/// <param name="Run">The run; null when a command outside of runs acquires packages.</param>
/// <param name="Step">The number of the step that it is for; 0 outside of runs.</param>
/// <param name="AcquiresPackages">Whether it is for Acquire Packages; false: for the step itself.</param>
/// <param name="Mode">How.</param>
/// <param name="IsHeld">Whether it is held; false: it is waited for.</param>
/// <param name="Since">Since when it is held or waited for.</param>
public sealed record MachineLock(
    string Machine, string MachineName, RunId? Run, int Step, bool AcquiresPackages, LockMode Mode, bool IsHeld, DateTimeOffset Since)
{
    /// <summary>Who, and what for, in words: <c>RunbookRuns-7, which acquires packages there</c>.</summary>
    public override string ToString()
        => $"{Run?.ToString() ?? "a command"}, which "
            + (AcquiresPackages, Mode) switch
            {
                (true, _) => IsHeld ? "acquires packages there" : "waits to acquire packages there",
                (false, LockMode.Write) => IsHeld ? $"has it alone for step {Step}" : $"waits to have it alone for step {Step}",
                _ => IsHeld ? $"runs step {Step} there" : $"waits to run step {Step} there",
            };
}
