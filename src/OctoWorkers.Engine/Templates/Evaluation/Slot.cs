using Newtonsoft.Json.Linq;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>Where a step leaves its result.</summary>
internal sealed class Slot
{
    /// <summary>The text; null when there is none.</summary>
    internal string? Value { get; set; }

    /// <summary>The JSON that the text is, where that was asked for; null when it is none.</summary>
    internal JContainer? Json { get; set; }

    /// <summary>Whether a filter or an option could not be evaluated, so that what it belongs to stays as it is.</summary>
    internal bool IsFailed { get; set; }

    /// <summary>How it stays in the text; null for as it is written.</summary>
    internal string? Echo { get; set; }
}
