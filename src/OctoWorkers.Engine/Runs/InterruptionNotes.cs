namespace OctoWorkers.Engine.Runs;

/// <summary>What people may note with an answer.</summary>
internal static class InterruptionNotes
{
    private const int Longest = 32 * 1024;

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    public static string Require(string notes)
    {
        string? problem = notes.Length > Longest ? $"have {notes.Length} characters; at most {Longest} are kept"
            : notes.Contains('\0', StringComparison.Ordinal) ? "hold a NUL character; leave it out"
            : HasHalf(notes) ? "are not valid Unicode: they hold half of a surrogate pair; save them as UTF-8"
            : null;
        return problem is null ? notes : throw new OctoWorkersException(EngineError.InvalidArgument, $"The notes {problem}.");
    }

    private static bool HasHalf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
