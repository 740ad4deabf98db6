namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>A mapping, with its entries in the order in which they are written; keys may be of any kind and may come twice.</summary>
internal sealed class YamlMapping(SourceLocation location, IReadOnlyList<YamlEntry> entries) : YamlNode(location)
{
    internal IReadOnlyList<YamlEntry> Entries { get; } = entries;

    internal override string Found => "a mapping";

    internal override int Height { get; } = 1 + entries.Select(entry => Math.Max(entry.Key.Height, entry.Value.Height)).DefaultIfEmpty().Max();

    internal override long Nodes { get; } = 1 + entries.Sum(entry => entry.Key.Nodes + entry.Value.Nodes);

    internal override long Characters { get; } = entries.Sum(entry => entry.Key.Characters + entry.Value.Characters);
}
