using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>JSON objects and arrays in values: a name such as <c>A.B[0]</c> goes into the value of <c>A</c>.</summary>
internal static class JsonTree
{
    // Deeper JSON is no JSON to a template.
    private const int Depth = 128;

    /// <summary>The object or array that a text is; null when it is none.</summary>
    internal static JContainer? Parse(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed[0] is not ('{' or '['))
        {
            return null;
        }

        try
        {
            // Text in a date's form must come back as it was.
            using JsonTextReader reader = new(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = Depth };
            JContainer? found = JToken.ReadFrom(reader) as JContainer;
            while (reader.Read())
            {
                if (reader.TokenType != JsonToken.Comment)
                {
                    return null;
                }
            }

            return found;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is at the end of a way. Null when nothing is there.</summary>
    internal static JToken? Follow(JToken from, IReadOnlyList<string> steps)
    {
        JToken? at = from;
        foreach (string step in steps)
        {
            at = at switch
            {
                JObject members => members.TryGetValue(step, StringComparison.Ordinal, out JToken? member) ? member : null,
                JArray elements => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < elements.Count
                    ? elements[index]
                    : null,
                // A member that a loop stands at.
                JProperty member when step.Equals("Value", StringComparison.OrdinalIgnoreCase) => member.Value,
                JProperty member when step.Equals("Key", StringComparison.OrdinalIgnoreCase) => new JValue(member.Name),
                _ => null,
            };
            if (at is null)
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>The text of an element: nothing for null, compact JSON for objects and arrays.</summary>
    internal static string Text(JToken? token) => token switch
    {
        null => "",
        JProperty member => member.Name,
        JValue { Value: null } => "",
        JValue { Value: double number } => number.ToString(CultureInfo.InvariantCulture),
        JValue value => Convert.ToString(value.Value, CultureInfo.InvariantCulture) ?? "",
        _ => token.ToString(Formatting.None),
    };

    /// <summary>The elements of an array, or the members of an object.</summary>
    internal static IReadOnlyList<LoopItem> Items(JsonDocument document)
        => [.. document.Json.Children().Select(child => new LoopItem(Text(child), null, child, document.IsEvaluated))];

    /// <summary>The object or array that an element is, or the value of a member; null when it is none.</summary>
    internal static JContainer? Container(JToken? token) => token switch
    {
        JObject or JArray => (JContainer)token,
        JProperty member => Container(member.Value),
        _ => null,
    };
}
