using System.Management.Automation;

namespace OctoWorkers.PowerShell.Formatting;

/// <summary>What a record is called where there is room for a word only.</summary>
public static class ShortName
{
    /// <summary>The name or id of a record; of anything else what it says itself.</summary>
    /// <param name="value">The record, wrapped or not; null gives an empty text.</param>
    public static string Of(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => "",
            RunDetails details => details.Run.Id.ToString(),
            RunRecord run => run.Id.ToString(),
            RunSummary summary => summary.Id.ToString(),
            WorkerRecord worker => worker.Name,
            WorkerPoolRecord pool => pool.Name,
            EnvironmentRecord environment => environment.Name,
            RunbookRecord runbook => runbook.Definition.Name,
            RunbookDefinition definition => definition.Name,
            StepDefinition step => step.Name,
            StepDetails step => step.Name,
            PlannedStep step => step.Name,
            PlannedRun run => run.Runbook,
            RunPlan => "plan",
            TenantRecord tenant => tenant.Name,
            VariableSetRecord set => set.Definition.Name,
            WorkerLease lease => $"{lease.Run} on {lease.WorkerName}",
            _ => plain.ToString() ?? "",
        };
    }
}
