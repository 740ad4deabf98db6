namespace OctoWorkers;

/// <summary>
/// Identifies one process that drives runs. It is made by that process and never used again
/// (the caller makes the id, so that registering twice is harmless).
/// </summary>
/// <param name="Value">32 hexadecimal digits.</param>
public readonly record struct EngineId(string Value)
{
    /// <summary>A new one.</summary>
    public static EngineId New() => new(Guid.NewGuid().ToString("N"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
