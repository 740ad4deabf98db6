namespace OctoWorkers.PowerShell.Formatting;

/// <summary>
/// Colours of a word, in the sequences that <c>$PSStyle.Foreground</c> holds. PowerShell takes them away where <c>$PSStyle.OutputRendering</c>, the host or
/// <c>NO_COLOR</c> says so.
/// </summary>
internal static class Colors
{
    internal const string Red = "\u001b[31m";
    internal const string Green = "\u001b[32m";
    internal const string Yellow = "\u001b[33m";
    internal const string Cyan = "\u001b[36m";
    internal const string Grey = "\u001b[90m";

    private const string Reset = "\u001b[0m";

    /// <summary>A text in a colour; as it is when the colour is null or the text is empty.</summary>
    internal static string Paint(string text, string? color) => color is null || text.Length == 0 ? text : color + text + Reset;
}
