using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>Reading properties. What is missing is null, empty or false; properties that nobody asks for are ignored.</summary>
internal static class JsonReading
{
    internal static JObject Object(this JToken json)
        => json as JObject ?? throw new JsonException($"an object was expected, and there is {json.Type} at '{json.Path}'.");

    internal static string? OptionalText(this JToken json, string name) => Present(json, name)?.Value<string>();

    internal static string Text(this JToken json, string name) => json.OptionalText(name) ?? throw Missing(json, name);

    internal static long? OptionalNumber(this JToken json, string name) => Present(json, name)?.Value<long>();

    internal static long Number(this JToken json, string name) => json.OptionalNumber(name) ?? throw Missing(json, name);

    internal static int Int(this JToken json, string name) => checked((int)json.Number(name));

    internal static int? OptionalInt(this JToken json, string name) => checked((int?)json.OptionalNumber(name));

    internal static bool Flag(this JToken json, string name) => Present(json, name)?.Value<bool>() ?? false;

    internal static TimeSpan? OptionalDuration(this JToken json, string name)
        => json.OptionalText(name) is { } text ? TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture) : null;

    internal static DateTimeOffset Time(this JToken json, string name)
        => DateTimeOffset.ParseExact(json.Text(name), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    internal static TEnum Enum<TEnum>(this JToken json, string name)
        where TEnum : struct, Enum
        => EnumText<TEnum>.Read(json.Text(name));

    internal static T? Optional<T>(this JToken json, string name, Func<JToken, T> read)
        where T : class
        => Present(json, name) is { } found ? read(found) : null;

    internal static T Required<T>(this JToken json, string name, Func<JToken, T> read)
        where T : class
        => json.Optional(name, read) ?? throw Missing(json, name);

    internal static IReadOnlyList<T> All<T>(this JToken json, string name, Func<JToken, T> read)
        => Present(json, name) is { } found ? [.. found.Children().Select(read)] : [];

    internal static IReadOnlyList<string> Texts(this JToken json, string name) => json.All(name, static value => value.Value<string>() ?? "");

    internal static JsonException Missing(JToken json, string name) => new($"'{name}' is missing at '{json.Path}'.");

    private static JToken? Present(JToken json, string name) => json.Object()[name] is { Type: not JTokenType.Null } found ? found : null;
}
