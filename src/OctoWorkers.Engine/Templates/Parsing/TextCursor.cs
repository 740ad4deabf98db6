namespace OctoWorkers.Engine.Templates.Parsing;

/// <summary>A place in a text that is being read.</summary>
/// <param name="text">The text.</param>
internal sealed class TextCursor(string text)
{
    internal int At { get; set; }

    internal bool IsAtEnd => At >= text.Length;

    /// <summary>The character here, or NUL at the end.</summary>
    internal char Here => At < text.Length ? text[At] : '\0';

    /// <summary>The character after this one, or NUL at the end.</summary>
    internal char Next => At + 1 < text.Length ? text[At + 1] : '\0';

    internal bool IsAt(string word) => string.CompareOrdinal(text, At, word, 0, word.Length) == 0;

    /// <summary>Whether <c>==</c> or <c>!=</c> is here.</summary>
    internal bool IsAtComparison => Next == '=' && Here is '=' or '!';

    internal bool IsAtSubstitution => Here == '#' && Next == '{';

    internal bool IsAtEscapedQuote => Here == '\\' && Next == '"';

    internal void SkipSpace()
    {
        while (At < text.Length && char.IsWhiteSpace(text[At]))
        {
            At++;
        }
    }

    /// <summary>Takes a word that white space must follow, and that space.</summary>
    internal bool TryKeyword(string word)
    {
        if (!IsAt(word) || At + word.Length >= text.Length || !char.IsWhiteSpace(text[At + word.Length]))
        {
            return false;
        }

        At += word.Length;
        SkipSpace();
        return true;
    }

    /// <summary>Takes white space and the end of a tag.</summary>
    internal bool TryEndOfTag()
    {
        SkipSpace();
        if (Here != '}')
        {
            return false;
        }

        At++;
        return true;
    }

    /// <summary>Takes a word and the end of the tag after it.</summary>
    internal bool TryTag(string word)
    {
        int start = At;
        At += IsAt(word) ? word.Length : 0;
        if (At > start && TryEndOfTag())
        {
            return true;
        }

        At = start;
        return false;
    }

    internal string Slice(int start, int end) => text[start..end];

    /// <summary>The index of a text from here on, or -1.</summary>
    internal int Find(string what) => text.IndexOf(what, At, StringComparison.Ordinal);
}
