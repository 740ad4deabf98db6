using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>
/// Reads the documents of a file into trees with places. Aliases become the nodes that they repeat; what a file grows to when they are written
/// out is counted while it is read, so that a small file cannot become a huge one (<see cref="YamlLimits"/>).
/// </summary>
internal sealed class YamlTreeReader
{
    private const string Bomb = "aliases can make a small file huge; repeat less, or split the file";

    private readonly YamlEvents _events;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private long _nodes;
    private long _characters;

    private YamlTreeReader(string file, string text) => _events = new(file, text);

    /// <summary>Reads the documents of a file.</summary>
    /// <param name="file">Its path, for the places.</param>
    /// <param name="text">What stands in it.</param>
    /// <returns>The root of each document that is not empty.</returns>
    /// <exception cref="InvalidDefinitionsException">It is not YAML, or exceeds a limit: one problem.</exception>
    internal static IReadOnlyList<YamlNode> Read(string file, string text)
    {
        YamlTreeReader reader = new(file, text);
        List<YamlNode> roots = [];
        while (reader._events.Next() is { } next)
        {
            if (next is DocumentStart)
            {
                reader._anchors.Clear();
                YamlNode root = reader.ReadNode(reader.Require(), 1);
                if (!root.IsNull)
                {
                    roots.Add(root);
                }
            }
        }

        return roots;
    }

    private YamlNode ReadNode(ParsingEvent first, int depth)
    {
        SourceLocation location = _events.At(first.Start);
        if (depth > YamlLimits.Depth)
        {
            throw Refuse(location, $"nested deeper than {YamlLimits.Depth} levels");
        }

        if (first is AnchorAlias alias)
        {
            return Repeat(alias.Value.Value, location, depth);
        }

        string? anchor = first is NodeEvent { Anchor.IsEmpty: false } anchored ? anchored.Anchor.Value : null;
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        RefuseTag(first, location);
        Count(location, 1, first is Scalar { Value.Length: var length } ? length : 0);
        YamlNode node = first switch
        {
            Scalar scalar => new YamlScalar(location, scalar.Value, scalar.Style == ScalarStyle.Plain && IsUntagged(scalar)),
            SequenceStart => ReadSequence(location, depth),
            MappingStart => ReadMapping(location, depth),
            _ => throw Refuse(location, "not valid YAML: a value is missing"),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlSequence ReadSequence(SourceLocation location, int depth)
    {
        List<YamlNode> items = [];
        for (ParsingEvent next = Require(); next is not SequenceEnd; next = Require())
        {
            items.Add(ReadNode(next, depth + 1));
        }

        return new(location, items);
    }

    private YamlMapping ReadMapping(SourceLocation location, int depth)
    {
        List<YamlEntry> entries = [];
        for (ParsingEvent next = Require(); next is not MappingEnd; next = Require())
        {
            YamlNode key = ReadNode(next, depth + 1);
            entries.Add(new(key, ReadNode(Require(), depth + 1)));
        }

        return new(location, entries);
    }

    private YamlNode Repeat(string anchor, SourceLocation location, int depth)
    {
        if (!_anchors.TryGetValue(anchor, out YamlNode? node))
        {
            string hint = NearestWord.Hint(anchor, _anchors.Keys);
            throw Refuse(location, $"the alias {FoundText.Quote("*" + anchor)} repeats nothing: no '&' with that name stands before it{hint}");
        }

        if (node is null)
        {
            throw Refuse(location, $"the alias {FoundText.Quote("*" + anchor)} stands inside the node that it repeats");
        }

        if (depth + node.Height - 1 > YamlLimits.Depth)
        {
            throw Refuse(location, $"with its aliases written out the file is nested deeper than {YamlLimits.Depth} levels");
        }

        Count(location, node.Nodes, node.Characters);
        return node;
    }

    private void Count(SourceLocation location, long nodes, long characters)
    {
        _nodes += nodes;
        _characters += characters;
        if (_nodes > YamlLimits.Nodes)
        {
            throw Refuse(location, $"with its aliases written out the file has more than {YamlLimits.Nodes} nodes: {Bomb}");
        }

        if (_characters > YamlLimits.Characters)
        {
            throw Refuse(location, $"with its aliases written out the file has more than {YamlLimits.Characters} characters: {Bomb}");
        }
    }

    private static void RefuseTag(ParsingEvent node, SourceLocation location)
    {
        TagName tag = node is NodeEvent tagged ? tagged.Tag : TagName.Empty;
        bool fits = tag.IsEmpty || tag.IsNonSpecific || (tag.Value, node) is ("tag:yaml.org,2002:str", Scalar)
            or ("tag:yaml.org,2002:seq", SequenceStart) or ("tag:yaml.org,2002:map", MappingStart);
        if (!fits)
        {
            throw Refuse(location, $"the tag {FoundText.Quote(tag.Value)} is not supported; leave it out, or put quotes around a text that begins with '!'");
        }
    }

    private static bool IsUntagged(Scalar scalar) => scalar.Tag.IsEmpty || scalar.Tag.Value == "?";

    private ParsingEvent Require() => _events.Next() ?? throw Refuse(_events.At(Mark.Empty), "not valid YAML: the file ends too early");

    private static InvalidDefinitionsException Refuse(SourceLocation location, string message) => new([new(location, message)]);
}
