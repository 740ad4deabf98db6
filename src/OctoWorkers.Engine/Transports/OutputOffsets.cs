namespace OctoWorkers.Engine.Transports;

/// <summary>How much of an attempt's two output streams is known, in bytes.</summary>
/// <param name="Out">Of the standard output.</param>
/// <param name="Error">Of the standard error.</param>
public readonly record struct OutputOffsets(long Out, long Error);
