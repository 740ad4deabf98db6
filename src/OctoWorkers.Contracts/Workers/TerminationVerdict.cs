namespace OctoWorkers;

/// <summary>What is left of an attempt after it was ended.</summary>
public enum TerminationVerdict
{
    /// <summary>Nothing, for certain.</summary>
    NothingLeft,
    /// <summary>Nothing was found, by means that can miss a process that hides well.</summary>
    NoneFound,
    /// <summary>Some processes could not be ended.</summary>
    Left,
    /// <summary>The worker could not be reached; it is cleaned at the next contact.</summary>
    Unverified,
    /// <summary>The attempt had never started, and now never will.</summary>
    NeverStarted,
}
