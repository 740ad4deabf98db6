using System.Globalization;
using Newtonsoft.Json;

namespace OctoWorkers.Storage.Json;

/// <summary>Writing properties. What is null is left out.</summary>
internal static class JsonWriting
{
    internal static void Put(this JsonTextWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }
    }

    internal static void Put(this JsonTextWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WritePropertyName(name);
            json.WriteValue(number);
        }
    }

    internal static void Put(this JsonTextWriter json, string name, bool value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    internal static void Put(this JsonTextWriter json, string name, TimeSpan? value) => json.Put(name, value?.ToString("c", CultureInfo.InvariantCulture));

    internal static void Put(this JsonTextWriter json, string name, DateTimeOffset value)
        => json.Put(name, value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    internal static void Put<TEnum>(this JsonTextWriter json, string name, TEnum value)
        where TEnum : struct, Enum
        => json.Put(name, EnumText<TEnum>.Write(value));

    internal static void Put<T>(this JsonTextWriter json, string name, T? value, Action<JsonTextWriter, T> write)
        where T : class
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            write(json, value);
        }
    }

    internal static void PutAll<T>(this JsonTextWriter json, string name, IEnumerable<T> values, Action<JsonTextWriter, T> write)
    {
        json.WritePropertyName(name);
        json.WriteAll(values, write);
    }

    internal static void PutAll(this JsonTextWriter json, string name, IEnumerable<string> values)
        => json.PutAll(name, values, static (writer, value) => writer.WriteValue(value));

    internal static void WriteAll<T>(this JsonTextWriter json, IEnumerable<T> values, Action<JsonTextWriter, T> write)
    {
        json.WriteStartArray();
        foreach (T value in values)
        {
            write(json, value);
        }

        json.WriteEndArray();
    }
}
