using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads where a variable's value applies.</summary>
internal sealed class ScopeReader(ReadingContext context)
{
    private static readonly string[] Keys = ["environments", "tenants", "tenantTags", "targetTags", "machines", "runbooks", "steps"];

    /// <summary>Reads a scope.</summary>
    /// <param name="node">The scope.</param>
    /// <param name="steps">Names of the runbook's steps; null: the steps of any runbook may be meant.</param>
    /// <param name="isPool">Whether the value is a worker pool: that is resolved when a run is planned, where there is no machine yet.</param>
    internal VariableScope Read(YamlNode node, IReadOnlyDictionary<string, SourceLocation>? steps, bool isPool)
    {
        if (MappingReader.Open(node, "a scope", Keys, context.Problems) is not { } mapping)
        {
            return VariableScope.Unscoped;
        }

        foreach (string key in mapping.Keys)
        {
            if (mapping.Value(key) is YamlSequence { Items.Count: 0 } empty)
            {
                context.Problems.Add(empty.Location, $"'{key}': a scope with an empty list would apply everywhere; name something, or leave the key out");
            }
            else if (isPool && (key is "machines" or "targetTags"))
            {
                context.Problems.Add(mapping.KeyLocation(key), $"'{key}': a worker pool is found before there is a machine; scope it to environments, tenants, tenant tags, runbooks or steps");
            }
        }

        return new()
        {
            Environments = context.ReferenceList(mapping, "environments", ReferenceKind.Environment),
            Tenants = context.ReferenceList(mapping, "tenants", ReferenceKind.Tenant),
            TenantTags = [.. context.TenantTags(mapping, "tenantTags", isReference: true).Select(tag => tag.ToString())],
            TargetTags = context.NameList(mapping, "targetTags"),
            Machines = context.ReferenceList(mapping, "machines", ReferenceKind.Machine),
            Runbooks = context.ReferenceList(mapping, "runbooks", ReferenceKind.Runbook),
            Steps = steps is null ? context.ReferenceList(mapping, "steps", ReferenceKind.Step) : OwnSteps(mapping, steps),
        };
    }

    private List<string> OwnSteps(MappingReader mapping, IReadOnlyDictionary<string, SourceLocation> steps)
    {
        List<string> names = [];
        foreach (YamlNode item in mapping.Items("steps"))
        {
            if (ScalarValue.Name(item, "steps", context.Problems) is not { } name)
            {
                continue;
            }

            names.Add(name);
            if (!steps.Keys.Contains(name, EntityName.Comparer))
            {
                context.Problems.Add(item.Location, $"the runbook has no step named {FoundText.Quote(name)}{NearestWord.Hint(name, steps.Keys)}");
            }
        }

        return names;
    }
}
