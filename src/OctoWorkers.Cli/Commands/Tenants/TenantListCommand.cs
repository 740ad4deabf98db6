using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Tenants;

/// <summary><c>octoworkers tenant list</c></summary>
internal static class TenantListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<string?> tag = new("--tag") { Description = "Only tenants with this tag.", HelpName = "SET/TAG" };
        Command command = new("list", "Lists tenants by name.") { tag };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<TenantRecord> tenants = await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
            if (result.GetValue(tag) is { } text)
            {
                TenantTag wanted = TenantTag.Parse(text);
                tenants = [.. tenants.Where(tenant => tenant.Tags.Contains(wanted))];
            }

            session.Printer.List(tenants, TenantJson.Write, () => Table(tenants, GivenChange.Has(result, tag)));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<TenantRecord> tenants, bool isFiltered)
    {
        TextTable table = new("NAME", "TAGS", "DESCRIPTION") { WhenEmpty = isFiltered ? "No tenant matches." : "There are no tenants. Add one with 'octoworkers tenant add'." };
        foreach (TenantRecord tenant in tenants)
        {
            table.Add(tenant.Name, Words.List([.. tenant.Tags.Select(tag => tag.ToString())]), tenant.Description);
        }

        return table;
    }
}
