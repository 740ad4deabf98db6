namespace OctoWorkers.Runspaces.Sessions;

/// <summary>What a session is opened for.</summary>
internal enum SessionUse
{
    /// <summary>For a user: nothing has run in it.</summary>
    Plain,
    /// <summary>For a step: what steps need is there.</summary>
    Step,
}
