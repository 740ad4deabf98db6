using System.CommandLine;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Tenants;

/// <summary><c>octoworkers tenant remove</c></summary>
internal static class TenantRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The tenant's name." };
        Command command = new("remove", "Removes a tenant for which no run is under way.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<TenantRecord> tenants = await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
            TenantRecord tenant = Named.Tenant(tenants, result.GetRequiredValue(name));
            await session.Store.RemoveTenantAsync(tenant.Name, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> lost = await session.Engine.GetLostTenantTagsAsync(tenant, cancellationToken).ConfigureAwait(false);
            session.Printer.One(tenant, TenantJson.Write, $"Removed tenant '{tenant.Name}'.");
            session.Printer.Notices(lost);
            return ExitCodes.Success;
        }));
        return command;
    }
}
