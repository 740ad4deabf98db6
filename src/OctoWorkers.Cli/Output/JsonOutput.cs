using System.Globalization;
using Newtonsoft.Json;

namespace OctoWorkers.Cli.Output;

/// <summary>
/// Writing JSON member by member: explicit names and no reflection, so that the names are stable and starting is quick.
/// </summary>
internal static class JsonOutput
{
    /// <summary>A writer that leaves the text writer open.</summary>
    internal static JsonTextWriter Open(TextWriter writer, bool isIndented) => new(new ControlEscapingWriter(writer))
    {
        CloseOutput = false,
        AutoCompleteOnClose = false,
        Formatting = isIndented ? Formatting.Indented : Formatting.None,
        Culture = CultureInfo.InvariantCulture,
    };

    internal static void Property(this JsonTextWriter json, string name, string? value)
    {
        json.WritePropertyName(name, escape: false);
        json.WriteValue(value);
    }

    internal static void Property(this JsonTextWriter json, string name, long? value)
    {
        json.WritePropertyName(name, escape: false);
        if (value is { } number)
        {
            json.WriteValue(number);
        }
        else
        {
            json.WriteNull();
        }
    }

    internal static void Property(this JsonTextWriter json, string name, bool value)
    {
        json.WritePropertyName(name, escape: false);
        json.WriteValue(value);
    }

    /// <summary>A moment: ISO 8601 in UTC.</summary>
    internal static void Property(this JsonTextWriter json, string name, DateTimeOffset? value)
        => json.Property(name, value is { } moment ? Moment(moment) : null);

    /// <summary>A length of time in milliseconds.</summary>
    internal static void Property(this JsonTextWriter json, string name, TimeSpan? value)
        => json.Property(name, value is { } length ? (long)length.TotalMilliseconds : null);

    internal static void Array<T>(this JsonTextWriter json, string name, IEnumerable<T> items, Action<JsonTextWriter, T> write)
    {
        json.WritePropertyName(name, escape: false);
        json.Array(items, write);
    }

    internal static void Array<T>(this JsonTextWriter json, IEnumerable<T> items, Action<JsonTextWriter, T> write)
    {
        json.WriteStartArray();
        foreach (T item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    internal static void Array(this JsonTextWriter json, string name, IEnumerable<string> items)
        => json.Array(name, items, static (json, item) => json.WriteValue(item));

    internal static void Map(this JsonTextWriter json, string name, IEnumerable<KeyValuePair<string, string>> items)
    {
        json.WritePropertyName(name, escape: false);
        json.WriteStartObject();
        foreach ((string key, string value) in items)
        {
            json.WritePropertyName(key);
            json.WriteValue(value);
        }

        json.WriteEndObject();
    }

    private static string Moment(DateTimeOffset moment)
        => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
