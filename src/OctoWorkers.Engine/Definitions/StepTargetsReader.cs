using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads which deployment targets a step is about: a tag, a list of tags, or a mapping.</summary>
internal sealed class StepTargetsReader(ReadingContext context)
{
    private const string Key = "targets";
    private static readonly string[] Keys = ["tags", "onWorker", "window"];

    /// <summary>Reads them.</summary>
    /// <param name="step">The step.</param>
    /// <param name="action">What it does; null when that is not known.</param>
    internal StepTargets? Read(MappingReader step, StepAction? action)
    {
        if (step.Value(Key) is not { } node)
        {
            return null;
        }

        if (action is not (null or ScriptAction))
        {
            context.Problems.Add(step.KeyLocation(Key), "'targets': only a script is run for deployment targets; leave them out, or run a script");
        }

        MappingReader? mapping = node is YamlMapping ? MappingReader.Open(node, "'targets'", Keys, context.Problems) : null;
        IReadOnlyList<string> tags = mapping is not null
            ? mapping.RequiredValue("tags") is { } value ? Tags(mapping, "tags", value) : []
            : node is YamlMapping ? [] : Tags(step, Key, node);
        bool onWorker = mapping?.Flag("onWorker") ?? false;
        int? window = mapping?.Number("window", 1, int.MaxValue);
        foreach (string key in (string[])["pool", "poolVariable"])
        {
            if (step.Has(key) && !onWorker)
            {
                context.Problems.Add(
                    step.KeyLocation(key), $"'{key}': a step that runs on deployment targets draws no worker; write 'targets: {{ tags: [...], onWorker: true }}' to run it on a worker on behalf of each");
            }
        }

        return tags.Count == 0 ? null : new(tags) { OnWorker = onWorker, Window = window };
    }

    private IReadOnlyList<string> Tags(MappingReader mapping, string key, YamlNode node)
    {
        if (node is YamlScalar)
        {
            return context.Reference(node, key, ReferenceKind.TargetTag) is { } tag ? [tag] : [];
        }

        if (node is YamlSequence { Items.Count: 0 } empty)
        {
            context.Problems.Add(empty.Location, $"'{key}': a step names at least one tag of deployment targets, found an empty list");
        }

        return context.ReferenceList(mapping, key, ReferenceKind.TargetTag);
    }
}
