using System.CommandLine;
using OctoWorkers.Cli.Commands.Tenants;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers tenant</c></summary>
internal static class TenantCommand
{
    internal static Command Create(CommandInvocation invocation) => new("tenant", "Manages tenants: customers, sites or the like that runs are for.")
    {
        TenantPutCommand.Create(invocation, isNew: true),
        TenantPutCommand.Create(invocation, isNew: false),
        TenantListCommand.Create(invocation),
        TenantShowCommand.Create(invocation),
        TenantRemoveCommand.Create(invocation),
    };
}
