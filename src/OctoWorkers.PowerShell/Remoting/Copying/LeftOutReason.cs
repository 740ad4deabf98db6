namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>Why something is not copied.</summary>
internal enum LeftOutReason
{
    /// <summary>A link that leads back to a folder that it is in.</summary>
    Loop,

    /// <summary>A link to what is not there, or to itself.</summary>
    DeadLink,

    /// <summary>A pipe, socket or device.</summary>
    Special,
}
