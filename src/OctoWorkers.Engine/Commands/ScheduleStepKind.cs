namespace OctoWorkers.Engine.Commands;

/// <summary>What a schedule asks for.</summary>
internal enum ScheduleStepKind
{
    /// <summary>Open a lane.</summary>
    Open,
    /// <summary>Run an input on an open lane.</summary>
    Run,
    /// <summary>Close a lane that has nothing to do, so that another worker gets its turn.</summary>
    Close,
}
