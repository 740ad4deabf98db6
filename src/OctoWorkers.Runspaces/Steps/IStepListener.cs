namespace OctoWorkers.Runspaces.Steps;

/// <summary>Hears of a step that runs in a session. Calls come one after another, in the order in which the step made them.</summary>
internal interface IStepListener
{
    /// <summary>What it writes.</summary>
    AttemptOutput Output { get; }

    /// <summary>It has come to its end, and all that it has written is here.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="leftNothing">Whether it left no file, and its folder is not there any more.</param>
    /// <returns>Whether the session is needed no more; otherwise it ends its pipeline in order.</returns>
    bool IsOver(int exitCode, bool leftNothing);
}
