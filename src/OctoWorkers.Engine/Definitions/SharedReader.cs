using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Reads what runbooks share: tenants, variable sets and script modules.</summary>
internal sealed class SharedReader(ReadingContext context)
{
    private static readonly string[] TenantKeys = ["name", "description", "tags"];
    private static readonly string[] SetKeys = ["name", "description", "variables"];

    private readonly VariableReader _variables = new(context);
    private readonly ScriptReader _scripts = new(context);

    internal Located<TenantDefinition>? ReadTenant(YamlNode node)
    {
        if (MappingReader.Open(node, "a tenant", TenantKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        context.Define("tenant", name, mapping.ValueLocation("name"));
        string description = mapping.Text("description") ?? "";
        IReadOnlyList<TenantTag> tags = context.TenantTags(mapping, "tags", isReference: false);
        return name is null ? null : new(new(name) { Description = description, Tags = tags }, node.Location);
    }

    internal async Task<Located<VariableSetDefinition>?> ReadSetAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (MappingReader.Open(node, "a variable set", SetKeys, context.Problems) is not { } mapping)
        {
            return null;
        }

        string? name = mapping.RequiredName("name");
        context.Define("variable set", name, mapping.ValueLocation("name"));
        string description = mapping.Text("description") ?? "";
        IReadOnlyList<VariableDefinition> variables = await _variables.ReadAsync(mapping, null, cancellationToken).ConfigureAwait(false);
        return name is null ? null : new(new(name, variables) { Description = description }, node.Location);
    }

    internal async Task<Located<ScriptModule>?> ReadModuleAsync(YamlNode node, CancellationToken cancellationToken)
    {
        if (await _scripts.ReadModuleAsync(node, cancellationToken).ConfigureAwait(false) is not { } module)
        {
            return null;
        }

        return new(module, node.Location);
    }
}
