namespace OctoWorkers.Storage.Tables;

/// <summary>Refusals to remove what runbooks name.</summary>
internal static class InUse
{
    private const int MaxNames = 20;

    /// <exception cref="OctoWorkersException"><see cref="EngineError.InUse"/> when a runbook uses it: it names them.</exception>
    internal static void ThrowIfAny(string what, string name, IEnumerable<RunbookRecord> users)
    {
        string[] names = [.. users.Take(MaxNames).Select(runbook => $"'{runbook.Definition.Name}'")];
        if (names.Length > 0)
        {
            throw new OctoWorkersException(
                EngineError.InUse, $"{what} '{name}' is used by the runbooks {string.Join(", ", names)}. Change or remove these first.", name);
        }
    }
}
