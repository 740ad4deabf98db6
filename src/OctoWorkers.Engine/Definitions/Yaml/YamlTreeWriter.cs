using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>Writes YAML that <see cref="YamlTreeReader"/> reads again: texts as they are, scripts as blocks.</summary>
/// <param name="output">Where it goes.</param>
internal sealed class YamlTreeWriter(TextWriter output)
{
    // Lines are never folded: a script's long line stays one.
    private readonly Emitter emitter = new(output, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));

    /// <summary>Writes a document whose root is a mapping.</summary>
    internal void Document(Action members)
    {
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Mapping(members);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    /// <summary>Writes a mapping.</summary>
    internal void Mapping(Action members)
    {
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
        members();
        emitter.Emit(new MappingEnd());
    }

    /// <summary>Writes a key; its value comes next.</summary>
    internal void Key(string name) => Text(name);

    /// <summary>Writes a text.</summary>
    internal void Text(string value)
    {
        ScalarStyle style = value.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : value is "" or "~" or "null" or "Null" or "NULL" || value.Contains('#', StringComparison.Ordinal) ? ScalarStyle.SingleQuoted
            : ScalarStyle.Any;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value, style, isPlainImplicit: true, isQuotedImplicit: true));
    }

    /// <summary>Writes a member that is a text, unless it is null or its default.</summary>
    internal void Member(string name, string? value, string? unless = null)
    {
        if (value is not null && value != unless)
        {
            Key(name);
            Text(value);
        }
    }

    /// <summary>Writes a member that is a boolean, unless it is its default.</summary>
    internal void Member(string name, bool value, bool unless)
    {
        if (value != unless)
        {
            Key(name);
            Plain(value ? "true" : "false");
        }
    }

    /// <summary>Writes a member that is a number, unless it is its default.</summary>
    internal void Member(string name, int value, int unless)
    {
        if (value != unless)
        {
            Key(name);
            Plain(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes a member that is a duration, unless it is null or its default.</summary>
    internal void Member(string name, TimeSpan? value, TimeSpan? unless = null)
        => Member(name, value is { } duration && value != unless ? DurationText.Write(duration) : null);

    /// <summary>Writes a member that is a list of texts, unless it is empty.</summary>
    internal void Member(string name, IReadOnlyCollection<string> values) => Member(name, values, Text);

    /// <summary>Writes a member that is a list, unless it is empty.</summary>
    internal void Member<T>(string name, IReadOnlyCollection<T> values, Action<T> write)
    {
        if (values.Count == 0)
        {
            return;
        }

        Key(name);
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
        foreach (T value in values)
        {
            write(value);
        }

        emitter.Emit(new SequenceEnd());
    }

    /// <summary>Writes a member that is a mapping of names to texts, unless it is empty.</summary>
    internal void Member(string name, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        Key(name);
        Mapping(() =>
        {
            foreach ((string key, string value) in values)
            {
                Key(key);
                Text(value);
            }
        });
    }

    private void Plain(string value)
        => emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value, ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
}
