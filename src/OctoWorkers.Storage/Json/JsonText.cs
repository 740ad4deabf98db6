using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Storage.Json;

/// <summary>JSON as the store keeps it: no spaces, properties named by hand, nothing interpreted.</summary>
internal static class JsonText
{
    /// <summary>Writes one value.</summary>
    internal static string Write<T>(T value, Action<JsonTextWriter, T> write)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using (JsonTextWriter json = new(text) { Formatting = Formatting.None, CloseOutput = false })
        {
            write(json, value);
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="read">Makes the value from the JSON.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreCorrupt"/> when it is no JSON or lacks something.</exception>
    internal static T Read<T>(string text, string what, Func<JToken, T> read) => Stream(text, what, json => read(JToken.ReadFrom(json)));

    /// <summary>The same, token by token: a plan may read tens of thousands of small texts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="read">Makes the value from the tokens.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StoreCorrupt"/> when it is no JSON or lacks something.</exception>
    internal static T Stream<T>(string text, string what, Func<JsonTextReader, T> read)
    {
        try
        {
            using StringReader source = new(text);
            using JsonTextReader reader = new(source)
            {
                DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal,
            };
            return read(reader);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidCastException or OverflowException)
        {
            throw new OctoWorkersException(
                EngineError.StoreCorrupt,
                $"The store holds {what} that cannot be read: {exception.Message} Restore the store from a backup.",
                what,
                exception);
        }
    }
}
