using Xunit;

namespace OctoWorkers.Engine.Tests.Memory;

/// <summary>These tests measure memory and move gigabytes: they run one after another, when all others have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryGroup
{
    public const string Name = "Memory";
}
