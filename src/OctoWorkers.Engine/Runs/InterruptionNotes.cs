namespace OctoWorkers.Engine.Runs;

/// <summary>What people may note with an answer. Notes become output variables, so they are what the value of a variable can be.</summary>
internal static class InterruptionNotes
{
    private const int Longest = 32 * 1024;

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>.</exception>
    public static string Require(string notes)
    {
        string? problem = notes.Length > Longest ? $"has {notes.Length} characters; at most {Longest} are kept. Shorten it"
            : VariableText.Problem(notes) is { } unusable ? $"{unusable}. Remove it"
            : null;
        return problem is null ? notes : throw new OctoWorkersException(EngineError.InvalidArgument, $"The text of the notes {problem}.");
    }
}
