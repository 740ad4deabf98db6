namespace OctoWorkers.Runspaces.Steps;

/// <summary>How a step ended whose script came to its last line, and what its session can do now.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LeftNothing">Whether it left no file, and its folder is not there any more.</param>
/// <param name="MayEnd">Whether the session's process may be ended at once.</param>
/// <param name="MayWait">Whether the session's pipeline may wait for another step.</param>
internal readonly record struct StepEnd(int ExitCode, bool LeftNothing, bool MayEnd, bool MayWait);
