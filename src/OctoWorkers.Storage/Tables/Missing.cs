namespace OctoWorkers.Storage.Tables;

/// <summary>Failures about things that are there, or not, by name.</summary>
internal static class Missing
{
    private const int MaxNames = 10;

    internal static OctoWorkersException Named(EngineError error, string what, string name, IEnumerable<string> known)
    {
        List<string> names = [.. known];
        string there = names.Count == 0
            ? "There is none yet; add it first."
            : $"There is: {string.Join(", ", names.Take(MaxNames).Select(one => $"'{one}'"))}{(names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "")}.";
        return new(error, $"There is no {what} '{name}'. {there}", name);
    }

    internal static OctoWorkersException Run(RunId run)
        => new(EngineError.RunNotFound, $"There is no run {run}; it never was, or it was removed. List the runs to see which there are.", run);

    internal static OctoWorkersException NotNew(string what, string name)
        => new(EngineError.AlreadyExists, $"There is already {("aeiou".Contains(what[0]) ? "an" : "a")} {what} '{name}'. Choose another name, or change the one that is there.", name);
}
