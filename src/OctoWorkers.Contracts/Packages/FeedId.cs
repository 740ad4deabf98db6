using System.Globalization;

namespace OctoWorkers;

/// <summary>Identifies a feed. It is written as <c>Feeds-1</c>, the built-in one as <c>feeds-builtin</c>, as Octopus writes its own.</summary>
/// <param name="Number">A number from 1 upwards, never used twice in a store; 0: the built-in feed.</param>
public readonly record struct FeedId(long Number)
{
    /// <summary>The built-in feed.</summary>
    public static FeedId BuiltIn => default;

    /// <inheritdoc/>
    public override string ToString() => Number == 0 ? "feeds-builtin" : string.Create(CultureInfo.InvariantCulture, $"Feeds-{Number}");
}
