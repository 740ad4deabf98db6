namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>A node of a YAML document, with its place. An alias is the node that it repeats.</summary>
internal abstract class YamlNode(SourceLocation location)
{
    internal SourceLocation Location { get; } = location;

    /// <summary>How it is named in a message: "a list", "'text'", "nothing".</summary>
    internal abstract string Found { get; }

    /// <summary>Levels of nesting in it: 1 for a scalar.</summary>
    internal abstract int Height { get; }

    /// <summary>How many nodes it is when its aliases are written out.</summary>
    internal abstract long Nodes { get; }

    /// <summary>How many characters it has when its aliases are written out.</summary>
    internal abstract long Characters { get; }

    /// <summary>Whether it is a null: nothing, <c>~</c> or <c>null</c> without quotes.</summary>
    internal virtual bool IsNull => false;
}
