using System.CommandLine;

namespace OctoWorkers.Cli.Commands.Variables;

/// <summary>The options that say where a value applies.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<string[]> environments = Of("--environment", "NAME", "an environment");
    private readonly Option<string[]> tenants = Of("--tenant", "NAME", "a tenant");
    private readonly Option<string[]> tenantTags = Of("--tenant-tag", "SET/TAG", "tenants with this tag");
    private readonly Option<string[]> targetTags = Of("--target-tag", "TAG", "deployment targets with this tag");
    private readonly Option<string[]> machines = Of("--machine", "NAME", "a machine");
    private readonly Option<string[]> runbooks = Of("--scope-runbook", "NAME", "a runbook");
    private readonly Option<string[]> steps = Of("--step", "NAME", "a step");

    internal void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether any is given.</summary>
    internal bool IsGiven(ParseResult result) => All.Any(option => result.GetResult(option) is not null);

    internal VariableScope Read(ParseResult result) => new()
    {
        Environments = result.GetValue(environments) ?? [],
        Tenants = result.GetValue(tenants) ?? [],
        TenantTags = [.. (result.GetValue(tenantTags) ?? []).Select(tag => TenantTag.Parse(tag).ToString())],
        TargetTags = result.GetValue(targetTags) ?? [],
        Machines = result.GetValue(machines) ?? [],
        Runbooks = result.GetValue(runbooks) ?? [],
        Steps = result.GetValue(steps) ?? [],
    };

    private Option[] All => [environments, tenants, tenantTags, targetTags, machines, runbooks, steps];

    private static Option<string[]> Of(string name, string help, string what)
        => new(name) { Description = $"The value is for {what}; may be repeated.", HelpName = help };
}
