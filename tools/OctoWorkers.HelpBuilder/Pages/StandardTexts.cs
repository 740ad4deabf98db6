namespace OctoWorkers.HelpBuilder.Pages;

/// <summary>Texts of the parameters that PowerShell itself adds; a page need not repeat them.</summary>
internal static class StandardTexts
{
    internal static IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Shows what would be done, and does nothing.",
        ["Confirm"] = "Asks before each change.",
    };
}
