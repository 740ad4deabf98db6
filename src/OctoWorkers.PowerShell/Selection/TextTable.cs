using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>A hashtable that was given for a parameter, as names and texts.</summary>
internal static class TextTable
{
    internal static IReadOnlyDictionary<string, string> Of(Hashtable table)
    {
        Dictionary<string, string> texts = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            string name = Text(entry.Key);
            if (!texts.TryAdd(name, VariableText.Require(name, Text(entry.Value))))
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, $"'{name}' is given twice. Names differ by more than letter case.", name);
            }
        }

        return texts;
    }

    /// <summary>A value as a script sees it: independent of the session's culture.</summary>
    internal static string Text(object? value)
        => (string)LanguagePrimitives.ConvertTo(value is PSObject wrapped ? wrapped.BaseObject : value, typeof(string), CultureInfo.InvariantCulture);
}
