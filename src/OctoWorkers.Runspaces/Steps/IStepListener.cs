namespace OctoWorkers.Runspaces.Steps;

/// <summary>Hears of a step that runs in a session. Calls come one after another, in the order in which the step made them.</summary>
internal interface IStepListener
{
    /// <summary>What it writes.</summary>
    AttemptOutput Output { get; }

    /// <summary>It has come to its end, and all that it has written is here.</summary>
    /// <param name="end">How.</param>
    /// <returns>What its session does now.</returns>
    AfterStep Hear(StepEnd end);
}
