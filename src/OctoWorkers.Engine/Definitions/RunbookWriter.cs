using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>
/// Writes runbooks as a definitions file (docs/definitions.md) that gives the same runbooks when it is read. Secrets are not in it: a sensitive
/// value is read from the environment variable that the file names.
/// </summary>
public static class RunbookWriter
{
    /// <summary>Writes them.</summary>
    /// <param name="runbooks">The runbooks, in order.</param>
    /// <param name="output">Where the YAML goes.</param>
    public static void Write(IReadOnlyList<RunbookDefinition> runbooks, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(runbooks);
        ArgumentNullException.ThrowIfNull(output);
        YamlTreeWriter yaml = new(output);
        yaml.Document(() => yaml.Member("runbooks", runbooks, runbook => yaml.Mapping(() => Write(yaml, runbook))));
    }

    private static void Write(YamlTreeWriter yaml, RunbookDefinition runbook)
    {
        yaml.Member("name", runbook.Name);
        yaml.Member("description", runbook.Description, unless: "");
        yaml.Member("environments", runbook.Environments);
        yaml.Member("maxParallelism", runbook.MaxParallelism, RunbookDefinition.DefaultMaxParallelism);
        yaml.Member("timeout", runbook.Timeout);
        yaml.Member("priority", runbook.Priority?.ToString().ToLowerInvariant());
        yaml.Member("queueExpiry", runbook.QueueExpiry);
        Write(yaml, runbook.Retention);
        yaml.Member("guidedFailure", GuidedFailureWords.Of(runbook.GuidedFailure));
        yaml.Member("unavailableTargets", UnavailableTargetsWords.Of(runbook.UnavailableTargets));
        yaml.Member("variableSets", runbook.VariableSets);
        yaml.Member("variables", runbook.Variables, variable => yaml.Mapping(() => VariableWriter.Write(yaml, variable)));
        yaml.Member("prompts", runbook.Prompts, prompt => yaml.Mapping(() => VariableWriter.Write(yaml, prompt)));
        yaml.Member("steps", runbook.Steps, step => yaml.Mapping(() => StepWriter.Write(yaml, step)));
    }

    private static void Write(YamlTreeWriter yaml, RetentionPolicy? retention)
    {
        if (retention is { IsForever: false })
        {
            yaml.Key("retention");
            yaml.Mapping(() => yaml.Member(retention.Runs is null ? "days" : "keep", retention.Runs ?? retention.Days!.Value, unless: 0));
        }
        else
        {
            yaml.Member("retention", retention?.ToString());
        }
    }
}
