using System.Buffers;

namespace OctoWorkers.Engine.Scripts;

/// <summary>
/// Whether a Bash script can see what is handed over with it: helpers, variables, modules. To read these costs each start a good part of a millisecond, which a script
/// that sees nothing of them need not pay. Pure, and on the safe side: only a script goes without that mentions none of them, nor anything by which Bash lists
/// what there is, or runs or reads what does not stand in the script's own text.
/// </summary>
internal static class BashPreludeUse
{
    /// <summary>A longer script is not looked through: beside sending it, what is handed over costs little.</summary>
    private const int LongestLookedThrough = 64 * 1024;

    // What lists functions or variables, makes a text a command, names a variable by another's value, or shows how the script was started.
    private static readonly string[] Reaching =
    [
        "octopus", "__ow", "source", "eval", "declare", "typeset", "local -", "compgen", "complete", "${!", "-v", "type", "export -f", "/dev/fd", "/proc", "BASH_",
    ];

    // Before these, and what ends a command, the name of another begins.
    private static readonly string[] Leading =
        ["then", "do", "else", "elif", "if", "while", "until", "time", "command", "builtin", "exec", "trap", "coproc"];

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\n\r;&|(){}`");

    private static readonly string[] Mentions = [.. Reaching, .. Functions(BashInterpreter.Helpers)];

    /// <summary>Whether it can; where that is not certain, it can.</summary>
    /// <param name="script">The script as it is defined, before templates are evaluated.</param>
    internal static bool IsPossible(ScriptAction script)
        => script.Modules.Count > 0
        || script.Body.Length > LongestLookedThrough
        || IsPossible(script.Body)
        || script.Arguments.Any(IsPossible)
        || script.Environment.Any(variable => IsPossible(variable.Key) || IsPossible(variable.Value));

    /// <summary>The names of the functions that a text of helpers defines, each at the beginning of a line.</summary>
    internal static IEnumerable<string> Functions(string helpers)
        => from line in helpers.Split('\n')
           let end = line.IndexOf("()", StringComparison.Ordinal)
           where end > 0 && line.AsSpan(0, end).IndexOfAny(" \t$(") < 0
           select line[..end];

    private static bool IsPossible(string text)
        => text.Contains("#{", StringComparison.Ordinal)
        || Mentions.Any(mention => text.Contains(mention, StringComparison.OrdinalIgnoreCase))
        || HoldsDotOrSet(text)
        || HoldsCommandByValue(text);

    // A dot that is a word of its own reads a file as a part of the script; `set` that is given no option may show every variable.
    private static bool HoldsDotOrSet(string text)
    {
        for (int at = text.IndexOf('.', StringComparison.Ordinal); at >= 0; at = text.IndexOf('.', at + 1))
        {
            if ((at == 0 || IsBreak(text[at - 1])) && (at + 1 == text.Length || IsBreak(text[at + 1])))
            {
                return true;
            }
        }

        for (int at = text.IndexOf("set", StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("set", at + 3, StringComparison.OrdinalIgnoreCase))
        {
            ReadOnlySpan<char> rest = text.AsSpan(at + 3);
            ReadOnlySpan<char> next = rest.TrimStart(" \t");
            bool isWord = (at == 0 || IsBreak(text[at - 1])) && (rest.IsEmpty || IsBreak(rest[0]));
            if (isWord && (next.IsEmpty || next[0] is not ('-' or '+')))
            {
                return true;
            }
        }

        return false;
    }

    // `$command` and `$(command)` where a command's name stands: what they run may be the name of a helper that came from elsewhere.
    private static bool HoldsCommandByValue(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] is '$' or '`' && IsCommandPlace(text.AsSpan(0, at).TrimEnd("\"'\\")))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCommandPlace(ReadOnlySpan<char> before)
    {
        while (true)
        {
            ReadOnlySpan<char> trimmed = before.TrimEnd(" \t");
            if (trimmed.IsEmpty || trimmed[^1] is '\n' or '\r' or ';' or '&' or '|' or '(' or ')' or '{' or '!' or '`')
            {
                return true;
            }

            if (trimmed.Length == before.Length)
            {
                // It goes on in the middle of a word.
                return false;
            }

            ReadOnlySpan<char> word = trimmed[(trimmed.LastIndexOfAny(WordEnds) + 1)..];
            if (word.IsEmpty || IsAssignment(word) || IsLeading(word))
            {
                return true;
            }

            if (word[0] != '-')
            {
                return false;
            }

            before = trimmed[..^word.Length];
        }
    }

    private static bool IsAssignment(ReadOnlySpan<char> word) => (char.IsLetter(word[0]) || word[0] == '_') && word.Contains('=');

    private static bool IsLeading(ReadOnlySpan<char> word)
    {
        foreach (string leading in Leading)
        {
            if (word.SequenceEqual(leading))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBreak(char c) => char.IsWhiteSpace(c) || "\"'\\`;&|(){}<>!$".Contains(c, StringComparison.Ordinal);
}
