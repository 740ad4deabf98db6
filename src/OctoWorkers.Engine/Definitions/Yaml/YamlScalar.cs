namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>A text, as written.</summary>
/// <param name="location">Where it begins.</param>
/// <param name="text">The text.</param>
/// <param name="isPlain">Whether it stands without quotes, so that it may be a null, a boolean or a number.</param>
internal sealed class YamlScalar(SourceLocation location, string text, bool isPlain) : YamlNode(location)
{
    internal string Text { get; } = text;

    internal bool IsPlain { get; } = isPlain;

    /// <summary>What makes the text unusable anywhere; null when nothing does. Kept, because aliases may ask for it thousands of times.</summary>
    internal string? Problem { get; } = VariableText.Problem(text);

    internal override bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    internal override string Found => IsNull ? "nothing" : FoundText.Quote(Text);

    internal override int Height => 1;

    internal override long Nodes => 1;

    internal override long Characters => Text.Length;
}
