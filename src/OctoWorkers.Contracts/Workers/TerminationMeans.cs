namespace OctoWorkers;

/// <summary>
/// What a worker has to end a process tree with, strongest first. Only with the first three can it be said that nothing is left.
/// </summary>
public enum TerminationMeans
{
    /// <summary>A control group of the attempt's own.</summary>
    ControlGroup,
    /// <summary>A PID namespace of the attempt's own.</summary>
    PidNamespace,
    /// <summary>A parent that adopts every orphan of the attempt.</summary>
    Subreaper,
    /// <summary>Session, parent chain, the ticket in the environment, the open output file.</summary>
    Search,
}
