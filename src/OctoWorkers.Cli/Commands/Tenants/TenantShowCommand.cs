using System.CommandLine;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Tenants;

/// <summary><c>octoworkers tenant show</c></summary>
internal static class TenantShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The tenant's name." };
        Command command = new("show", "Shows a tenant.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<TenantRecord> tenants = await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false);
            TenantRecord tenant = Named.Tenant(tenants, result.GetRequiredValue(name));
            session.Printer.One(tenant, TenantJson.Write, () => session.Printer.Facts(
            [
                ("Name", tenant.Name),
                ("Id", tenant.Id.ToString()),
                ("Description", tenant.Description),
                ("Tags", Words.List([.. tenant.Tags.Select(tag => tag.ToString())])),
            ]));
            return ExitCodes.Success;
        }));
        return command;
    }
}
