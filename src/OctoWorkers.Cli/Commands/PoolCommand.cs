using System.CommandLine;
using OctoWorkers.Cli.Commands.Pools;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers pool</c></summary>
internal static class PoolCommand
{
    internal static Command Create(CommandInvocation invocation) => new("pool", "Manages worker pools: the sets of workers that steps ask for.")
    {
        PoolAddCommand.Create(invocation),
        PoolListCommand.Create(invocation),
        PoolShowCommand.Create(invocation),
        PoolSetCommand.Create(invocation),
        PoolSetDefaultCommand.Create(invocation),
        PoolRemoveCommand.Create(invocation),
    };
}
