namespace OctoWorkers;

/// <summary>A package that a step refers to. Its place in the list counts for the lease key, as feed and id do; the rest does not.</summary>
/// <param name="PackageId">The package's id.</param>
/// <param name="Feed">Name of its feed; null: the built-in feed.</param>
public sealed record PackageReference(string PackageId, string? Feed = null)
{
    private const int LongestName = 100;

    /// <summary>The version; null: the newest when the run is planned.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it is no version.</exception>
    public string? Version
    {
        get;
        init => field = value is null ? null : PackageVersion.Parse(value).Text;
    }

    /// <summary>
    /// The name by which the step finds it, and of the folder that it is extracted to. Empty: the primary one, extracted to the working directory itself. Null: the primary
    /// one where no reference before it is, otherwise named like its id.
    /// </summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when it cannot be a folder's name.</exception>
    public string? Name
    {
        get;
        init => field = string.IsNullOrEmpty(value) || NameProblem(value) is not { } problem
            ? value
            : throw new OctoWorkersException(EngineError.InvalidDefinition, $"The name of package '{PackageId}' cannot be that of a folder: {problem}.", value);
    }

    /// <summary>Whether it is extracted; false: the step gets the file.</summary>
    public bool Extract { get; init; } = true;

    /// <summary>Where it is acquired.</summary>
    public PackageAcquisition Acquire { get; init; }

    /// <summary>The names of a step's references, in their order: one that has none is the primary one, or named like its id.</summary>
    /// <param name="references">The step's references.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when two have the same name.</exception>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<PackageReference> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        bool hasPrimary = references.Any(reference => reference.Name?.Length == 0);
        List<string> names = [];
        foreach (PackageReference reference in references)
        {
            string name = reference.Name ?? (hasPrimary ? FolderName(reference.PackageId) : "");
            hasPrimary |= name.Length == 0;
            if (names.Contains(name, EntityName.Comparer))
            {
                throw new OctoWorkersException(
                    EngineError.InvalidDefinition,
                    name.Length == 0 ? "Two packages of a step are the primary one; give all but one of them a name."
                        : $"Two packages of a step are named '{name}'; give one of them another name.", name);
            }

            names.Add(name);
        }

        return names;
    }

    private static string FolderName(string id) => NameProblem(id) is null ? id : "_" + string.Concat(id.Select(unit => unit is '/' or '\\' ? '_' : unit));

    private static string? NameProblem(string name)
        => name.Length > LongestName ? $"it has more than {LongestName} characters"
            : name is "." or ".." ? "it means another folder"
            : name.IndexOfAny(['/', '\\']) >= 0 ? "it holds a slash"
            : EntityName.Problem(name);
}
