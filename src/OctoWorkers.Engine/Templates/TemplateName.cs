namespace OctoWorkers.Engine.Templates;

/// <summary>The parts of names such as <c>A.B[c].D</c>.</summary>
internal static class TemplateName
{
    /// <summary>Where the brackets that are in no other brackets open and close.</summary>
    internal static IEnumerable<(int Open, int Close)> Brackets(string name)
    {
        int depth = 0;
        int open = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '[' && depth++ == 0)
            {
                open = i;
            }
            else if (name[i] == ']' && depth > 0 && --depth == 0)
            {
                yield return (open, i);
            }
        }
    }

    /// <summary>Where the first part ends: at the first dot or bracket, or at the end.</summary>
    internal static int FirstPart(ReadOnlySpan<char> name)
    {
        int end = name.IndexOfAny('.', '[');
        return end < 0 ? name.Length : end;
    }

    /// <summary>Where a name can be cut into another name and a way into its value: before each dot and bracket, longest name first.</summary>
    internal static IReadOnlyList<int> Cuts(string name, int atMost)
    {
        List<int> cuts = [];
        int depth = 0;
        for (int i = 0; i < name.Length && cuts.Count < atMost; i++)
        {
            char c = name[i];
            if (depth == 0 && c is '.' or '[' && i > 0 && (cuts.Count == 0 || cuts[^1] != i))
            {
                cuts.Add(i);
            }

            depth += c switch { '[' => 1, ']' when depth > 0 => -1, _ => 0 };
        }

        cuts.Reverse();
        return cuts;
    }

    /// <summary>The steps of a way such as <c>.B[c].D</c>: B, c, D. Null when it is none.</summary>
    internal static IReadOnlyList<string>? Steps(ReadOnlySpan<char> way)
    {
        List<string> steps = [];
        int at = 0;
        while (at < way.Length)
        {
            if (way[at] == '.')
            {
                int end = at + 1 + FirstPart(way[(at + 1)..]);
                if (end == at + 1)
                {
                    return null;
                }

                steps.Add(way[(at + 1)..end].ToString());
                at = end;
                continue;
            }

            int close = way[at] == '[' ? Close(way, at) : -1;
            if (close < 0)
            {
                return null;
            }

            steps.Add(way[(at + 1)..close].ToString());
            at = close + 1;
        }

        return steps;
    }

    private static int Close(ReadOnlySpan<char> text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
