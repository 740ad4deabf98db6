namespace OctoWorkers.Engine.Runs;

/// <summary>The machine that a step is to run on.</summary>
/// <param name="Machine">The machine: a worker, or a deployment target.</param>
/// <param name="Name">Its name.</param>
/// <param name="Pool">The pool that it was drawn from; null for a deployment target.</param>
internal sealed record StepMachine(WorkerId Machine, string Name, WorkerPoolId? Pool);
