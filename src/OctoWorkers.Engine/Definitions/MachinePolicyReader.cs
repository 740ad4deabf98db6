using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads machine policies.</summary>
internal sealed class MachinePolicyReader(ReadingContext context)
{
    private static readonly string[] Keys = ["name", "description", "interval", "kind", "scripts", "timeout", "removeUnavailableAfter", "unavailableTargets", "capabilities"];
    private static readonly string[] ScriptKeys = [.. ScriptReader.SyntaxWords];
    private static readonly string[] CapabilityKeys = ["name", "command"];
    private static readonly string[] FileKeys = ["file"];

    private static readonly (string, HealthCheckKind)[] Kinds = [("script", HealthCheckKind.Script), ("connectivity", HealthCheckKind.ConnectivityOnly)];

    private readonly ScriptReader _scripts = new(context);

    internal async Task<Located<MachinePolicyDefinition>?> ReadAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "a machine policy", Keys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        context.Define("machine policy", name, mapping.ValueLocation("name"));
        string description = mapping.Text("description") ?? "";
        TimeSpan? interval = mapping.Duration("interval", zeroAllowed: false);
        HealthCheckKind kind = mapping.Word("kind", Kinds) ?? HealthCheckKind.Script;
        Dictionary<ScriptSyntax, string> scripts = await ReadScriptsAsync(mapping, cancellationToken).ConfigureAwait(false);
        TimeSpan timeout = mapping.Duration("timeout", zeroAllowed: false) ?? MachinePolicyDefinition.DefaultTimeout;
        TimeSpan? removeAfter = mapping.Duration("removeUnavailableAfter", zeroAllowed: false);
        UnavailableTargets unavailable = mapping.Word("unavailableTargets", UnavailableTargetsWords.All) ?? UnavailableTargets.Default;
        List<CapabilityProbeDefinition> capabilities = [.. mapping.Items("capabilities").Select(ReadCapability).OfType<CapabilityProbeDefinition>()];
        if (kind == HealthCheckKind.ConnectivityOnly && mapping.Has("scripts"))
        {
            context.Problems.Add(mapping.KeyLocation("scripts"), "a machine policy of the kind 'connectivity' runs no script; leave 'scripts' out, or the kind");
        }

        return name is null ? null : context.Problems.Try(node.Location, () => new Located<MachinePolicyDefinition>(
            new(name)
            {
                Description = description, Interval = interval, Kind = kind, Scripts = scripts, Timeout = timeout, RemoveUnavailableAfter = removeAfter,
                UnavailableTargets = unavailable, Capabilities = capabilities,
            },
            node.Location));
    }

    private async Task<Dictionary<ScriptSyntax, string>> ReadScriptsAsync(MappingReader policy, CancellationToken cancellationToken)
    {
        Dictionary<ScriptSyntax, string> scripts = [];
        if (policy.Value("scripts") is not { } node || MappingReader.Open(node, "'scripts'", ScriptKeys, context.Problems) is not { } mapping)
        {
            return scripts;
        }

        foreach (string word in mapping.Keys)
        {
            if (mapping.Value(word) is { } value && await ReadScriptAsync(value, word, cancellationToken).ConfigureAwait(false) is { } script)
            {
                scripts[script.Syntax] = script.Body;
            }
        }

        return scripts;
    }

    // The script itself, or { file: PATH }.
    private async Task<ScriptAction?> ReadScriptAsync(YamlNode node, string word, CancellationToken cancellationToken)
    {
        if (node is YamlScalar)
        {
            return _scripts.ReadShort(node, word);
        }

        return MappingReader.Open(node, $"'{word}'", FileKeys, context.Problems) is { } mapping && mapping.RequiredValue("file") is { } file
            && await context.Files.ReadAsync(file, "file", "script file", cancellationToken).ConfigureAwait(false) is { } body
            ? new(body) { Syntax = ScriptReader.SyntaxOf(word) }
            : null;
    }

    private CapabilityProbeDefinition? ReadCapability(YamlNode node)
    {
        if (MappingReader.Open(node, "a capability", CapabilityKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredText("name");
        string? command = mapping.RequiredText("command");
        return name is null || command is null ? null : context.Problems.Try(node.Location, () => new CapabilityProbeDefinition(name, command));
    }
}
