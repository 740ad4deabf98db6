namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>A list.</summary>
internal sealed class YamlSequence(SourceLocation location, IReadOnlyList<YamlNode> items) : YamlNode(location)
{
    internal IReadOnlyList<YamlNode> Items { get; } = items;

    internal override string Found => "a list";

    internal override int Height { get; } = 1 + items.Select(item => item.Height).DefaultIfEmpty().Max();

    internal override long Nodes { get; } = 1 + items.Sum(item => item.Nodes);

    internal override long Characters { get; } = items.Sum(item => item.Characters);
}
