using System.CommandLine;
using OctoWorkers.Cli.Commands.Stores;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers store</c></summary>
internal static class StoreCommand
{
    internal static Command Create(CommandInvocation invocation) => new("store", "Backs up, restores, checks and compacts the store.")
    {
        StoreBackupCommand.Create(invocation),
        StoreRestoreCommand.Create(invocation),
        StoreCheckCommand.Create(invocation),
        StoreCompactCommand.Create(invocation),
    };
}
