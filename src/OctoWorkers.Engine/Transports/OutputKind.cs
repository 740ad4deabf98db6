namespace OctoWorkers.Engine.Transports;

/// <summary>One of the two streams a script writes to.</summary>
public enum OutputKind
{
    /// <summary>Standard output.</summary>
    Out,
    /// <summary>Standard error.</summary>
    Error,
}
