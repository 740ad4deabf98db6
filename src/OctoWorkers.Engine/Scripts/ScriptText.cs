namespace OctoWorkers.Engine.Scripts;

/// <summary>What scripts written elsewhere bring along.</summary>
internal static class ScriptText
{
    /// <summary>The text without a byte order mark.</summary>
    internal static string WithoutMark(string text) => text.StartsWith('\uFEFF') ? text[1..] : text;

    /// <summary>The text with line feeds alone, also where it was written with carriage returns.</summary>
    internal static string WithLineFeeds(string text)
        => text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
}
