namespace OctoWorkers.Runspaces.Steps;

/// <summary>What becomes of a session when its step has come to its end. The numbers are the answers that the session understands.</summary>
internal enum AfterStep
{
    /// <summary>Its process is ended at once.</summary>
    End = 0,

    /// <summary>Its pipeline ends in order.</summary>
    EndPipeline = 1,

    /// <summary>Its pipeline waits for the next step.</summary>
    Wait = 2,
}
