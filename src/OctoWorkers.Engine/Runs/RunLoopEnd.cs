namespace OctoWorkers.Engine.Runs;

/// <summary>Why the loop of a run has ended.</summary>
internal enum RunLoopEnd
{
    /// <summary>The run has ended.</summary>
    Ended,
    /// <summary>This process gives the run up; somebody else goes on with it.</summary>
    HandedOver,
    /// <summary>Somebody else has taken it over already.</summary>
    FencedOut,
}
