namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What a session is opened for.</summary>
internal enum SessionUse
{
    /// <summary>For one user, beside those of a pool.</summary>
    Plain,
    /// <summary>For commands, one after the other: what it is like is known, so that it can be seen whether it still is so.</summary>
    Command,
    /// <summary>For a step: what steps need is there.</summary>
    Step,
}
