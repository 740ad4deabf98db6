using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OctoWorkers.Engine.Templates;

namespace OctoWorkers.Cli.Templates;

/// <summary>Variables from a JSON file: one object with names and their values.</summary>
internal static class VariablesFile
{
    private const int Depth = 128;

    /// <summary>Reads them. Texts are taken as they are, numbers, objects and arrays as their JSON, null as the empty text.</summary>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.DefinitionNotReadable"/>; <see cref="EngineError.InvalidArgument"/>: it is not such a file.
    /// </exception>
    internal static async Task<TemplateValues> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string text = await InputFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        using JsonTextReader reader = new(new StringReader(text))
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
            MaxDepth = Depth,
        };
        try
        {
            return new(Read(reader));
        }
        catch (JsonException failure)
        {
            throw new OctoWorkersException(
                EngineError.InvalidArgument,
                $"{path} has no variables at line {reader.LineNumber}, column {reader.LinePosition}: {failure.Message} Write one JSON object with names and values.",
                path, failure);
        }
    }

    private static List<KeyValuePair<string, string>> Read(JsonTextReader reader)
    {
        List<KeyValuePair<string, string>> variables = [];
        HashSet<string> names = new(EntityName.Comparer);
        if (!reader.Read() || reader.TokenType != JsonToken.StartObject)
        {
            throw new JsonReaderException("This is no object.");
        }

        while (reader.Read() && reader.TokenType != JsonToken.EndObject)
        {
            if (reader.TokenType != JsonToken.PropertyName)
            {
                continue;
            }

            string name = (string)reader.Value!;
            if (!names.Add(name))
            {
                throw new JsonReaderException($"The name '{name}' comes twice; names differ by more than letter case.");
            }

            if (!reader.Read())
            {
                break;
            }

            variables.Add(new(name, Value(JToken.ReadFrom(reader))));
        }

        if (reader.TokenType != JsonToken.EndObject)
        {
            throw new JsonReaderException("The file ends within the object.");
        }

        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
            {
                throw new JsonReaderException("There is more after the object.");
            }
        }

        return variables;
    }

    private static string Value(JToken token) => token switch
    {
        JValue { Value: null } => "",
        JValue { Value: string text } => text,
        JValue { Value: bool holds } => holds ? "true" : "false",
        JValue value => Convert.ToString(value.Value, CultureInfo.InvariantCulture) ?? "",
        _ => token.ToString(Formatting.None),
    };
}
