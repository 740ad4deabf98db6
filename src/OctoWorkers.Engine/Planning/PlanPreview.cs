using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Locks;
using OctoWorkers.Engine.Packages;
using OctoWorkers.Engine.Runs;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Planning;

/// <summary>
/// Plans a run, and the runs that its steps would start, as if the definitions of some files were applied. Changes nothing. Several runs of
/// one runbook draw one after the other, as they would.
/// </summary>
internal sealed class PlanPreview
{
    private readonly IStore store;
    private readonly DefinitionSet files;
    private readonly StoredDefinitions stored;
    private readonly IReadOnlyList<RunbookDefinition> runbooks;
    private readonly SharedOverlay shared;
    private readonly TenantRecord? tenant;
    private readonly UnavailableTargets unavailable;
    private readonly Dictionary<string, PlanningFacts> factsOf = new(EntityName.Comparer);
    private readonly List<PlannedRun> planned = [];
    private readonly Func<RunRequest, Task<IReadOnlyList<Wait>>> outlook;
    private readonly PackageChooser chooser;

    private PlanPreview(
        IStore store, PackageChooser chooser, DefinitionSet files, StoredDefinitions stored, NewRun asked,
        Func<RunRequest, Task<IReadOnlyList<Wait>>> outlook)
    {
        this.outlook = outlook;
        shared = new(stored, files);
        tenant = asked.Tenant is null ? null : shared.Tenant(asked.Tenant);
        unavailable = asked.UnavailableTargets;
        this.store = store;
        this.chooser = chooser;
        this.files = files;
        this.stored = stored;
        runbooks = DefinitionCheck.Merged(files, [.. stored.Runbooks.Select(record => record.Definition)]);
    }

    /// <summary>Plans.</summary>
    /// <param name="store">The store.</param>
    /// <param name="packages">The feeds.</param>
    /// <param name="files">Definitions that are taken for stored.</param>
    /// <param name="asked">What would be asked for.</param>
    /// <param name="recurses">Whether child runs are planned as well.</param>
    /// <param name="asOf">The stored workers with what is known of their health now.</param>
    /// <param name="outlook">Finds what a run would wait for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The run asked for, then the child runs in the order in which they would begin.</returns>
    /// <exception cref="InvalidDefinitionsException">The files refer to what does not exist.</exception>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.RunbookNotFound"/>, <see cref="EngineError.EnvironmentNotFound"/>, <see cref="EngineError.RunbookCycle"/>, and what planning
    /// fails with.
    /// </exception>
    internal static async Task<IReadOnlyList<PlannedRun>> PlanAsync(
        IStore store, PackageLibrary packages, DefinitionSet files, NewRun asked, bool recurses, Func<StoredDefinitions, IReadOnlyList<WorkerRecord>> asOf,
        Func<RunRequest, Task<IReadOnlyList<Wait>>> outlook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(files);
        PackageChooser chooser = new(
            packages, FeedOverlay.Apply(await packages.GetFeedsAsync(cancellationToken).ConfigureAwait(false), files), keeps: false);
        StoredDefinitions stored = await store.GetDefinitionsAsync(cancellationToken).ConfigureAwait(false);
        stored = stored with { Workers = asOf(stored) };
        PlanPreview preview = new(store, chooser, files, stored, asked, outlook);
        if (!files.IsEmpty)
        {
            DefinitionCheck.Require(files, preview.stored);
        }

        RunbookDefinition root = preview.Runbook(asked.Runbook);
        RunbookNesting.Check(root, preview.runbooks, asked.Environment);
        await preview.PlanAsync(root, asked.Variables, preview.Environment(asked.Environment), [], [], recurses, cancellationToken).ConfigureAwait(false);
        return preview.planned;
    }

    private async Task PlanAsync(
        RunbookDefinition runbook, IReadOnlyList<VariableDefinition> given, string environment, IReadOnlyList<string> startedBy,
        IReadOnlyList<PackageReference> versions, bool recurses, CancellationToken cancellationToken)
    {
        PackageChoices packages = await PackageChoices.MakeAsync(chooser, runbook, versions, cancellationToken).ConfigureAwait(false);
        PlanningFacts facts = await FactsAsync(runbook.Name, cancellationToken).ConfigureAwait(false);
        RunPlan plan = packages.AddTo(RunPlanner.Preview(
            runbook, environment, new Dictionary<int, string>(), facts, new(tenant, RunSources.Of(given, runbook, shared.SetsOf(runbook)))
            {
                UnavailableTargets = unavailable != UnavailableTargets.Default ? unavailable : runbook.UnavailableTargets,
            }));
        factsOf[runbook.Name] = facts with { Cursors = Moved(facts.Cursors, plan) };
        planned.Add(new(runbook.Name, environment, startedBy, plan)
        {
            Waits = startedBy.Count == 0 ? [.. await outlook(Request(runbook, given, environment)).ConfigureAwait(false), .. await LocksAsync(plan, cancellationToken).ConfigureAwait(false)] : [],
        });
        if (!recurses)
        {
            return;
        }

        foreach (PlannedStep step in plan.Steps.Where(step => step.SkipReason is null))
        {
            if (runbook.Steps[step.Number - 1].Action is RunRunbookAction child)
            {
                string there = child.Environment is null ? environment : Environment(child.Environment);
                IReadOnlyList<VariableDefinition> values = [.. child.Variables.Select(value => VariableDefinition.Text(value.Key, value.Value))];
                await PlanAsync(
                    Runbook(child.Runbook), values, there, [.. startedBy, step.Name], PackageChoices.VersionsOf(runbook, plan, versions), recurses, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Who has one of its workers alone now, or waits for that: steps that come there wait behind.
    private async Task<IReadOnlyList<Wait>> LocksAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        HashSet<string> machines = [.. plan.Draws.Select(draw => draw.Worker.ToString())];
        IReadOnlyList<MachineLock> locks = await store.GetLocksAsync(cancellationToken).ConfigureAwait(false);
        return [.. locks.Where(one => one.Mode == LockMode.Write && machines.Contains(one.Machine)).GroupBy(one => one.Machine).Select(alone => LockWait.Of([.. alone]))];
    }

    private RunRequest Request(RunbookDefinition runbook, IReadOnlyList<VariableDefinition> given, string environment)
        => new(default, runbook, new EnvironmentRecord(default, environment, ""))
        {
            Tenant = tenant,
            Variables = given,
            VariableSets = [.. shared.SetsOf(runbook).Select(set => new VariableSetRecord(default, set))],
        };

    private async Task<PlanningFacts> FactsAsync(string runbook, CancellationToken cancellationToken)
    {
        if (factsOf.TryGetValue(runbook, out PlanningFacts? known))
        {
            return known;
        }

        RunbookId? id = stored.Runbooks.FirstOrDefault(record => EntityName.Comparer.Equals(record.Definition.Name, runbook))?.Id;
        return FactsOverlay.Apply(await store.GetPlanningFactsAsync(id, stored, cancellationToken).ConfigureAwait(false), files);
    }

    private static Dictionary<WorkerPoolId, PoolCursor> Moved(IReadOnlyDictionary<WorkerPoolId, PoolCursor> cursors, RunPlan plan)
    {
        Dictionary<WorkerPoolId, PoolCursor> moved = new(cursors);
        foreach (WorkerDraw draw in plan.Draws)
        {
            if (draw.After is { } after)
            {
                moved[draw.Pool] = after;
            }
        }

        return moved;
    }

    private string Environment(string name)
        => files.Environments.Select(file => file.Value.Name).FirstOrDefault(known => EntityName.Comparer.Equals(known, name))
            ?? Named.Environment(stored.Environments, name).Name;

    private RunbookDefinition Runbook(string name)
        => runbooks.FirstOrDefault(runbook => EntityName.Comparer.Equals(runbook.Name, name)) ?? Named.Runbook(stored.Runbooks, name).Definition;
}
