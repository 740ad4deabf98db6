namespace OctoWorkers.Engine.Transports;

/// <summary>A machine as messages name it: whether it is a worker or a deployment target is told with its name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsTarget">Whether it is a deployment target.</param>
public readonly record struct MachineName(string Name, bool IsTarget)
{
    /// <summary>Within a sentence: <c>worker 'web1'</c>.</summary>
    public string Within => $"{(IsTarget ? "deployment target" : "worker")} '{Name}'";

    /// <summary>At the beginning of one: <c>Worker 'web1'</c>.</summary>
    public override string ToString() => $"{(IsTarget ? "Deployment target" : "Worker")} '{Name}'";
}
