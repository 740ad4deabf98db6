namespace OctoWorkers.Engine.Transports;

/// <summary>Something that following an attempt brings.</summary>
public abstract record AttemptSignal;
