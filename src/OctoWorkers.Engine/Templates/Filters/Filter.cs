namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>A filter.</summary>
/// <param name="Name">Its name; case does not matter in templates.</param>
/// <param name="Apply">What it does.</param>
internal sealed record Filter(string Name, Func<FilterInput, FilterResult> Apply)
{
    /// <summary>Whether it works without a value before it, as in <c>#{ | NowDate}</c>.</summary>
    internal bool TakesNothing { get; init; }

    /// <summary>Whether its options get quotes where it cannot be applied and stays in the text.</summary>
    internal bool EchoesQuotedOptions { get; init; }
}
