using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads which ended runs are kept: <c>forever</c>, <c>{ keep: 100 }</c> or <c>{ days: 30 }</c>.</summary>
internal static class RetentionReader
{
    private const string Key = "retention";
    private static readonly string[] Keys = ["keep", "days"];

    /// <summary>The policy; null when there is none, or it is not usable.</summary>
    internal static RetentionPolicy? Read(MappingReader owner, ProblemList problems)
    {
        if (owner.Value(Key) is not { } node)
        {
            return null;
        }

        if (node is YamlScalar word)
        {
            if (word.Text != "forever")
            {
                string hint = NearestWord.Hint(word.Text, ["forever"]);
                problems.Add(node.Location, $"'{Key}': unknown word {word.Found}{(hint.Length > 0 ? hint : "; write 'forever', '{ keep: 100 }' or '{ days: 30 }'")}");
                return null;
            }

            return RetentionPolicy.Forever;
        }

        if (MappingReader.Open(node, $"'{Key}'", Keys, problems) is not { } mapping)
        {
            return null;
        }

        if (mapping.Has("keep") == mapping.Has("days"))
        {
            problems.Add(mapping.Location, $"'{Key}' has either 'keep' or 'days', this one has {(mapping.Has("keep") ? "both" : "neither")}");
            return null;
        }

        return mapping.Number("keep", 1, RetentionPolicy.Most) is { } runs ? RetentionPolicy.KeepRuns(runs)
            : mapping.Number("days", 1, RetentionPolicy.Most) is { } days ? RetentionPolicy.KeepDays(days)
            : null;
    }
}
