namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Something that came from a pipeline on a worker, in the order in which it was written there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The object, the record, or the exception.</param>
internal readonly record struct SessionRecord(SessionRecordKind Kind, object? Value);
