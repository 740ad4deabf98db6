using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>Something that happens in a scenario.</summary>
internal abstract record Operation
{
    /// <summary>Whether it does not wait until what came before it has settled.</summary>
    public bool Hurries { get; init; }

    /// <summary>Does it.</summary>
    public abstract Task ApplyAsync(ModelWorld world);
}
