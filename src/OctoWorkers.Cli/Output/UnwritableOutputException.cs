namespace OctoWorkers.Cli.Output;

/// <summary>Standard output takes nothing more: nobody reads it, its disk is full, or it was closed from the start.</summary>
/// <param name="reason">Why, in the operating system's words.</param>
/// <param name="hasNoReader">Whether it is a pipe whose reader has gone, or is closed.</param>
/// <param name="isSilent">Whether the reader had enough, which needs no message.</param>
internal sealed class UnwritableOutputException(string reason, bool hasNoReader, bool isSilent)
    : IOException($"Cannot write to standard output: {reason}.")
{
    /// <summary>Whether it is a pipe whose reader has gone, or is closed.</summary>
    internal bool HasNoReader => hasNoReader;

    /// <summary>Whether the reader had enough, as a pager or head, which needs no message.</summary>
    internal bool IsSilent => isSilent;
}
