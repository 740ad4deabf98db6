namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>Where a step leaves its result.</summary>
internal sealed class Slot
{
    /// <summary>The text; null when there is none.</summary>
    internal string? Value { get; set; }

    /// <summary>Whether a JSON object or array is wanted as such, where the value is one.</summary>
    internal bool WantsJson { get; init; }

    /// <summary>The JSON object or array; null when the value is none, or it was not wanted.</summary>
    internal JsonDocument? Document { get; set; }

    /// <summary>Whether a filter or an option could not be evaluated, so that what it belongs to stays as it is.</summary>
    internal bool IsFailed { get; set; }

    /// <summary>How it stays in the text; null for as it is written.</summary>
    internal string? Echo { get; set; }
}
