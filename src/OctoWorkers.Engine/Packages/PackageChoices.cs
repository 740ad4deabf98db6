namespace OctoWorkers.Engine.Packages;

/// <summary>
/// The packages of a run's steps, chosen before its workers are. A choice that failed counts only where its step runs, which is known when the plan is made.
/// </summary>
internal sealed class PackageChoices
{
    private readonly Dictionary<int, IReadOnlyList<PlannedPackage>> packages = [];
    private readonly Dictionary<int, OctoWorkersException> failures = [];

    private PackageChoices()
    {
    }

    /// <summary>Chooses for all steps that are not disabled.</summary>
    /// <param name="chooser">Chooses.</param>
    /// <param name="runbook">The runbook.</param>
    /// <param name="chosen">Versions that were chosen before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PackageChoices> MakeAsync(
        PackageChooser chooser, RunbookDefinition runbook, IReadOnlyList<PackageReference> chosen, CancellationToken cancellationToken)
    {
        PackageChoices choices = new();
        foreach ((int index, StepDefinition step) in runbook.Steps.Index().Where(step => !step.Item.Disabled && step.Item.Packages.Count > 0))
        {
            try
            {
                choices.packages[index + 1] = await chooser.ChooseAsync(step.Packages, chosen, cancellationToken).ConfigureAwait(false);
            }
            catch (OctoWorkersException e) when (IsAboutPackages(e.Error))
            {
                choices.failures[index + 1] = new(e.Error, $"Step '{step.Name}' cannot be planned: {e.Message}", e.Subject, e);
            }
        }

        return choices;
    }

    /// <summary>Whether an error says that packages cannot be had.</summary>
    public static bool IsAboutPackages(EngineError error)
        => error is EngineError.FeedNotFound or EngineError.PackageNotFound or EngineError.PackageChanged or EngineError.PackageInvalid or EngineError.InvalidDefinition;

    /// <summary>A plan with its packages. Pure.</summary>
    /// <exception cref="OctoWorkersException">A step that runs has a package that cannot be had.</exception>
    public RunPlan AddTo(RunPlan plan)
        => packages.Count + failures.Count == 0 ? plan : plan with { Steps = [.. plan.Steps.Select(AddTo)] };

    /// <summary>What child runs of a run, and those that repeat it, take over: the versions that it chose, and those that were chosen before.</summary>
    public static IReadOnlyList<PackageReference> VersionsOf(RunRequest request, RunPlan? plan) => VersionsOf(request.Snapshot, plan, request.PackageVersions);

    /// <summary>The same, of a run that is not made.</summary>
    public static IReadOnlyList<PackageReference> VersionsOf(RunbookDefinition runbook, RunPlan? plan, IReadOnlyList<PackageReference> before)
        => plan is null ? before
            : [.. plan.Steps
                .SelectMany(step => step.Packages.Zip(runbook.Steps[step.Number - 1].Packages))
                .Where(pair => pair.Second.Version is null && pair.First.Version is not null)
                .Select(pair => new PackageReference(pair.First.PackageId, pair.Second.Feed) { Version = pair.First.Version })
                .Concat(before)
                .DistinctBy(package => (package.PackageId.ToUpperInvariant(), package.Feed?.ToUpperInvariant()))];

    private PlannedStep AddTo(PlannedStep step)
        => step.SkipReason is not null ? step
            : failures.TryGetValue(step.Number, out OctoWorkersException? failure) ? throw failure
            : packages.TryGetValue(step.Number, out IReadOnlyList<PlannedPackage>? chosen) ? step with { Packages = chosen }
            : step;
}
