namespace OctoWorkers.Engine.Templates.Filters;

/// <summary>What a filter is applied to.</summary>
/// <param name="Value">The text; null only for filters that take nothing.</param>
/// <param name="Options">Its options.</param>
/// <param name="Session">The evaluation that it belongs to.</param>
internal readonly record struct FilterInput(string? Value, IReadOnlyList<string> Options, FilterSession Session)
{
    /// <summary>The text, or the empty one.</summary>
    internal string Text => Value ?? "";
}
