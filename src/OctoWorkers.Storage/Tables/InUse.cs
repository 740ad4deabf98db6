namespace OctoWorkers.Storage.Tables;

/// <summary>Refusals to remove what is used. They name the first users, and tell how many there are.</summary>
internal static class InUse
{
    private const int MaxNames = 5;

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InUse"/> when a runbook uses it: it names them.</exception>
    internal static void ThrowIfAny(string what, string name, IEnumerable<RunbookRecord> users)
        => ThrowIfAny(what, name, users.Select(runbook => $"runbook '{runbook.Definition.Name}'"));

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InUse"/> when runs for it have not ended: it names them.</exception>
    internal static void ThrowIfAny(string what, string name, IReadOnlyList<long> runs)
    {
        if (runs.Count > 0)
        {
            throw Refusal(what, name, "runs of it have not ended", [.. runs.Select(run => new RunId(run).ToString())], "Wait for them or cancel them");
        }
    }

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InUse"/> when a definition names it.</exception>
    /// <param name="what">What it is: "environment".</param>
    /// <param name="name">Its name.</param>
    /// <param name="users">What names it, in words.</param>
    internal static void ThrowIfAny(string what, string name, IEnumerable<string> users)
    {
        string[] all = [.. users];
        if (all.Length > 0)
        {
            throw Refusal(what, name, "definitions name it", all, "Change or remove these first");
        }
    }

    private static OctoWorkersException Refusal(string what, string name, string why, string[] users, string remedy)
        => new(
            EngineError.InUse,
            $"The {what} '{name}' cannot be removed while {why} ({users.Length}): {string.Join(", ", users.Take(MaxNames))}"
                + $"{(users.Length > MaxNames ? $" and {users.Length - MaxNames} more" : "")}. {remedy}.",
            name);
}
