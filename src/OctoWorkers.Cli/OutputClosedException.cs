namespace OctoWorkers.Cli;

/// <summary>Whoever read the output of this command, a pager or <c>head</c>, has had enough.</summary>
/// <param name="cause">What the system said.</param>
internal sealed class OutputClosedException(IOException cause) : IOException("Nobody reads the output any more.", cause);
