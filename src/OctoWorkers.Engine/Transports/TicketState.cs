namespace OctoWorkers.Engine.Transports;

/// <summary>Where an attempt stands on its worker.</summary>
public enum TicketState
{
    /// <summary>Its interpreter runs.</summary>
    Running,
    /// <summary>Its interpreter has exited.</summary>
    Exited,
    /// <summary>It was started, is not running, and left no exit code: the machine went down, or something killed its supervisor.</summary>
    Lost,
    /// <summary>It was terminated before it was started.</summary>
    Refused,
}
