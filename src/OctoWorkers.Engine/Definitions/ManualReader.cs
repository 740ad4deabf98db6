using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads what a manual step says to whom: a text, or a mapping.</summary>
internal sealed class ManualReader(ReadingContext context)
{
    private static readonly string[] Keys = ["instructions", "responsible"];

    // Keys of a step that say something about workers and attempts.
    private static readonly string[] Elsewhere = ["pool", "poolVariable", "demands", "packages", "retry", "timeout", "idempotent"];

    internal ManualAction? Read(MappingReader step, YamlNode node)
    {
        foreach (string key in Elsewhere.Where(step.Has))
        {
            context.Problems.Add(step.KeyLocation(key), $"a step with 'manual' waits for a person and runs on no worker; leave '{key}' out");
        }

        if (node is YamlScalar)
        {
            return Instructions(ScalarValue.Text(node, "manual", context.Problems), node) is { } only ? new(only) : null;
        }

        if (MappingReader.Open(node, "'manual'", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? instructions = mapping.RequiredValue("instructions") is { } value
            ? Instructions(ScalarValue.Text(value, "instructions", context.Problems), value) : null;
        List<string> responsible = [];
        foreach (YamlNode item in mapping.Items("responsible"))
        {
            if (ScalarValue.Name(item, "responsible", context.Problems) is { } user)
            {
                responsible.Add(user);
            }
        }

        // An empty list would let anyone answer, which is the opposite of what it seems to say.
        if (mapping.Value("responsible") is YamlSequence { Items.Count: 0 } empty)
        {
            context.Problems.Add(empty.Location, "'responsible': name at least one user, or leave the key out so that anyone may answer");
        }

        return instructions is null ? null : new(instructions) { Responsible = responsible };
    }

    private string? Instructions(string? text, YamlNode node)
    {
        if (text is null || !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        context.Problems.Add(node.Location, "'instructions': say what the person is to do, found an empty text");
        return null;
    }
}
