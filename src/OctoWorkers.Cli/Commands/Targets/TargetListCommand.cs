using System.CommandLine;
using OctoWorkers.Cli.Commands.Workers;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary><c>octoworkers target list</c></summary>
internal static class TargetListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<string?> environment = new("--environment") { Description = "Only targets in this environment.", HelpName = "NAME" };
        Option<string?> tag = new("--tag") { Description = "Only targets with this tag.", HelpName = "TAG" };
        Option<string?> tenant = new("--tenant") { Description = "Only targets that runs for this tenant choose.", HelpName = "NAME" };
        Command command = new("list", "Lists deployment targets in the order in which they were added.") { environment, tag, tenant };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<DeploymentTargetRecord> targets = await session.Engine.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
            if (result.GetValue(environment) is { } place)
            {
                string found = Named.Environment(await session.Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false), place).Name;
                targets = [.. targets.Where(target => target.Environments.Contains(found, EntityName.Comparer))];
            }

            if (result.GetValue(tag) is { } word)
            {
                targets = [.. targets.Where(target => target.Tags.Contains(word, EntityName.Comparer))];
            }

            if (result.GetValue(tenant) is { } whom)
            {
                TenantRecord found = Named.Tenant(await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false), whom);
                targets = [.. targets.Where(target => target.Tenants.Includes(found))];
            }

            session.Printer.List(targets, TargetJson.Write, () => Table(targets, GivenChange.Has(result, environment, tag, tenant)));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<DeploymentTargetRecord> targets, bool isFiltered)
    {
        // Who has no tenants needs no column for them.
        bool hasTenants = targets.Any(target => target.Tenants != TargetTenants.None);
        TextTable table = new(["NAME", "ADDRESS", "ENVIRONMENTS", "TAGS", .. hasTenants ? (string[])["TENANTS"] : [], "STATE", "HEALTH"])
        {
            WhenEmpty = isFiltered ? "No deployment target matches." : "There are no deployment targets. Add one with 'octoworkers target add'.",
        };
        foreach (DeploymentTargetRecord target in targets)
        {
            table.Add(
            [
                target.Name, WorkerListCommand.Address(target.Connection), Words.List(target.Environments), Words.List(target.Tags),
                .. hasTenants ? (Cell[])[Words.Of(target.Tenants)] : [],
                new(target.Disabled ? "Disabled" : "Enabled", target.Disabled ? Tone.Warning : Tone.Plain), Cell.Of(target.Health.Status),
            ]);
        }

        return table;
    }
}
