namespace OctoWorkers.Engine.Planning;

/// <summary>Which steps of a runbook run in an environment, and why the others do not.</summary>
internal sealed class StepApplicability
{
    private readonly RunbookDefinition runbook;
    private readonly string environment;
    private readonly IReadOnlyDictionary<int, string> skippedSteps;
    private readonly TenantRecord? tenant;

    /// <summary>Checks that the runbook may run there and that what is to be skipped can be.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.EnvironmentNotAllowed"/>, <see cref="EngineError.StepNotFound"/>.</exception>
    internal StepApplicability(RunbookDefinition runbook, string environment, IReadOnlyDictionary<int, string> skippedSteps, TenantRecord? tenant = null)
    {
        this.tenant = tenant;
        this.runbook = runbook;
        this.environment = environment;
        this.skippedSteps = skippedSteps;
        if (!AllowsEnvironment(runbook, environment))
        {
            throw new OctoWorkersException(
                EngineError.EnvironmentNotAllowed,
                $"Runbook '{runbook.Name}' may not run in environment '{environment}', only in {Quoted(runbook.Environments)}. "
                + "Choose one of these, or add the environment to the runbook.",
                environment);
        }

        // Lowest number first, so that the same wrong request gives the same message.
        foreach (int number in skippedSteps.Keys.Order())
        {
            CheckSkippable(number);
        }
    }

    /// <summary>Whether a runbook may run in an environment.</summary>
    internal static bool AllowsEnvironment(RunbookDefinition runbook, string environment)
        => runbook.Environments.Count == 0 || runbook.Environments.Contains(environment, EntityName.Comparer);

    /// <summary>Why a step's own definition keeps it from running in an environment; null when it does not.</summary>
    internal static string? DefinedSkipReason(StepDefinition step, string environment)
        => step.Disabled ? "disabled"
            : step.ExcludedEnvironments.Contains(environment, EntityName.Comparer) ? $"excluded from environment '{environment}'"
            : step.Environments.Count > 0 && !step.Environments.Contains(environment, EntityName.Comparer)
                ? $"does not apply to environment '{environment}', only to {Quoted(step.Environments)}"
            : null;

    /// <summary>Why a step does not run; null when it does.</summary>
    /// <param name="number">Its number, from 1.</param>
    internal string? SkipReason(int number)
        => DefinedSkipReason(runbook.Steps[number - 1], environment) ?? TenantSkipReason(runbook.Steps[number - 1], tenant)
            ?? skippedSteps.GetValueOrDefault(number);

    // Any tag of one set, all sets.
    private static string? TenantSkipReason(StepDefinition step, TenantRecord? tenant)
        => step.TenantTags.Count == 0 || tenant?.HasTags(step.TenantTags) == true ? null
            : $"only for tenants with {string.Join(" and ", step.TenantTags.GroupBy(tag => tag.Set, EntityName.Comparer).Select(set => string.Join(" or ", set.Select(tag => $"'{tag}'"))))}"
                + (tenant is null ? ", and the run is for none" : $", and tenant '{tenant.Name}' has not");

    private static string Quoted(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private void CheckSkippable(int number)
    {
        if (number < 1 || number > runbook.Steps.Count)
        {
            throw new OctoWorkersException(
                EngineError.StepNotFound,
                $"Step {number} cannot be skipped: runbook '{runbook.Name}' has the steps 1 to {runbook.Steps.Count}. Name one of these.",
                number);
        }
    }
}
