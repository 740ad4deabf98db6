using System.Globalization;
using System.Management.Automation;
using OctoWorkers.Engine.Commands;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>An input in words, for messages.</summary>
internal static class InputText
{
    private const int Longest = 60;

    /// <summary>What a worker was busy with.</summary>
    internal static string Of(CommandInput<PSObject?> input, bool hasInput)
    {
        if (!hasInput)
        {
            return "the script block";
        }

        string number = input.Number.ToString(CultureInfo.InvariantCulture);
        return Plain(input.Value) is { } text ? $"input {number} ({text})" : $"input {number}";
    }

    // Only of plain values: asking an object for its text runs its code.
    private static string? Plain(PSObject? value) => value?.BaseObject switch
    {
        string text => $"'{(text.Length > Longest ? $"{text[..Longest]}…" : text).ReplaceLineEndings(" ")}'",
        IFormattable plain when plain.GetType().IsPrimitive => plain.ToString(null, CultureInfo.InvariantCulture),
        FileSystemInfo file => $"'{file.Name}'",
        _ => null,
    };
}
