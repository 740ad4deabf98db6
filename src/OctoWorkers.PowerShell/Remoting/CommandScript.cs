using System.Collections;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>A script block as it goes to workers, with what of the caller's session it takes along. Made on the pipeline's thread, and never changed.</summary>
/// <param name="Text">The text between the braces.</param>
internal sealed record CommandScript(string Text)
{
    /// <summary>Arguments, after the input.</summary>
    public object?[] Arguments { get; init; } = [];

    /// <summary>Values of <c>$using:</c> expressions, by PowerShell's own keys; null: there are none.</summary>
    public Hashtable? UsingValues { get; init; }

    /// <summary>Whether it is run for inputs; else once, without one.</summary>
    public bool HasInput { get; init; }

    /// <summary>Whether it has a process block, and takes its input from the pipeline.</summary>
    public bool IsPiped { get; init; }

    /// <summary>Whether it takes the input as its first argument too.</summary>
    public bool TakesArgument { get; init; } = true;

    /// <summary>Whether it may run again for an input that failed.</summary>
    public bool MayRunAgain { get; init; }

    /// <summary>Preference variables, by name: what the caller wants to see.</summary>
    public Hashtable Preferences { get; init; } = [];

    /// <summary>Whether it runs only in sessions that nobody has used before.</summary>
    public bool NeedsUnused { get; init; }

    /// <summary>Whether it may leave something in a session that nobody sees when the session is looked at.</summary>
    public bool MayLeaveTraces { get; init; }

    /// <summary>Whether it names what has to be there before it can begin: modules, assemblies, what its classes are derived from.</summary>
    public bool NeedsToBeginWith { get; init; }

    /// <summary>How large a result may be, in bytes as it is sent; null: as large as it likes.</summary>
    public int? LargestResult { get; init; } = SessionFlow.DefaultLargest;

    /// <summary>Definitions of the caller's functions, by name.</summary>
    public Hashtable Functions { get; init; } = [];

    /// <summary>The caller's modules.</summary>
    public IReadOnlyList<Hashtable> Modules { get; init; } = [];
}
