using Xunit;

namespace OctoWorkers.Engine.Tests.Durability;

/// <summary>These tests start many processes each; one after another they do not slow each other down.</summary>
[CollectionDefinition(Name)]
public sealed class DurabilityGroup
{
    public const string Name = "Durability";
}
