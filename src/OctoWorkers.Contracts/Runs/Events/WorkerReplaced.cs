namespace OctoWorkers;

/// <summary>A worker was lost before it was used, and another was drawn in its place.</summary>
/// <param name="Lost">The worker given back.</param>
/// <param name="LostName">Its name.</param>
/// <param name="Draw">The draw that replaced it, for the steps of its key.</param>
public sealed record WorkerReplaced(WorkerId Lost, string LostName, WorkerDraw Draw) : RunEvent;
