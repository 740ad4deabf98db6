namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>What a filter made. One of the two is null.</summary>
/// <param name="Value">The text.</param>
/// <param name="Problem">Why there is none, as the end of a sentence that begins with the filter's name. Never holds a value.</param>
internal readonly record struct FilterResult(string? Value, string? Problem)
{
    public static implicit operator FilterResult(string value) => new(value, null);

    internal static FilterResult Fail(string problem) => new(null, problem);
}
