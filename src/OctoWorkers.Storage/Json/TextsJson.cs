using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>Lists and dictionaries of texts.</summary>
internal static class TextsJson
{
    internal static string Write(IEnumerable<string> texts)
        => JsonText.Write(texts, static (json, values) => json.WriteAll(values, static (writer, value) => writer.WriteValue(value)));

    internal static IReadOnlyList<string> Read(string text)
        => KnownTexts<IReadOnlyList<string>>.Read(text, static unknown => JsonText.Read<IReadOnlyList<string>>(
            unknown, "a list", static json => [.. json.Children().Select(value => value.Value<string>() ?? "")]));

    internal static string Write(IReadOnlyDictionary<string, string> texts) => JsonText.Write(texts, WriteMap);

    internal static IReadOnlyDictionary<string, string> ReadDictionary(string text)
        => KnownTexts<IReadOnlyDictionary<string, string>>.Read(text, static unknown => JsonText.Stream(unknown, "a dictionary", ReadEntries));

    internal static void WriteMap(JsonTextWriter json, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject();
        foreach ((string name, string value) in texts)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }

        json.WriteEndObject();
    }

    internal static IReadOnlyDictionary<string, string> ReadMap(JToken json)
        => json.Object().Properties().ToDictionary(property => property.Name, property => property.Value.Value<string>() ?? "", StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, string> ReadEntries(JsonTextReader json)
    {
        Dictionary<string, string> entries = new(StringComparer.Ordinal);
        json.Read();
        if (json.TokenType != JsonToken.StartObject)
        {
            throw new FormatException($"It is no object but {json.TokenType}.");
        }

        while (json.Read() && json.TokenType == JsonToken.PropertyName)
        {
            string name = (string)json.Value!;
            entries[name] = json.ReadAsString() ?? "";
        }

        return json.TokenType == JsonToken.EndObject ? entries : throw new FormatException("It has no end.");
    }
}
