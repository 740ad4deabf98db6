using System.Globalization;
using System.Management.Automation;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>Things of this module that came out of a file (Import-Clixml) or from another process (Start-Job): bags of properties, without the types that they had.</summary>
internal static class Deserialized
{
    private const string Prefix = "Deserialized.OctoWorkers.";

    /// <summary>Whether that is one of them.</summary>
    internal static bool Is(PSObject value) => value.TypeNames.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>The text of a property; empty when it has none.</summary>
    internal static string Text(PSObject value, string property)
        => value.Properties[property]?.Value is { } found ? Convert.ToString(found, CultureInfo.InvariantCulture) ?? "" : "";

    /// <summary>The word of an enumeration that a property holds; the first one when it holds none.</summary>
    internal static T Word<T>(PSObject value, string property)
        where T : struct, Enum
        => Enum.TryParse(Text(value, property), ignoreCase: true, out T word) ? word : default;

    /// <summary>What a list of a property holds.</summary>
    internal static IReadOnlyList<PSObject> List(PSObject value, string property)
        => LanguagePrimitives.GetEnumerable(value.Properties[property]?.Value) is { } list
            ? [.. list.Cast<object?>().OfType<object>().Select(PSObject.AsPSObject)]
            : [];

    /// <summary>A time, whole or as it was written; null when it is none.</summary>
    internal static DateTimeOffset? Time(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            DateTimeOffset time => time,
            DateTime time => new(time),
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) => time,
            PSCustomObject when ((PSObject)value!).Properties["UtcDateTime"]?.Value is { } utc => Time(utc),
            _ => null,
        };
    }
}
