namespace OctoWorkers.Runspaces.Steps;

/// <summary>The working directory of a step.</summary>
/// <param name="Path">Its path on the worker. It need not exist; when the step leaves it empty, it is removed.</param>
/// <param name="Above">How many of the folders above are the engine's own, and are removed with it when they are empty.</param>
internal sealed record StepFolder(string Path, int Above);
