using System.CommandLine;
using OctoWorkers.Cli.Commands.Workers;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers worker</c></summary>
internal static class WorkerCommand
{
    internal static Command Create(CommandInvocation invocation) => new("worker", "Manages workers: the machines that run steps.")
    {
        WorkerAddCommand.Create(invocation),
        WorkerListCommand.Create(invocation),
        WorkerShowCommand.Create(invocation),
        WorkerSetCommand.Create(invocation),
        WorkerTestCommand.Create(invocation),
        WorkerStateCommand.Create(invocation, "enable", "Lets workers take new work.", WorkerState.Enabled),
        WorkerStateCommand.Create(invocation, "disable", "Keeps workers from taking new work.", WorkerState.Disabled),
        WorkerDrainCommand.Create(invocation),
        WorkerCleanCommand.Create(invocation),
        WorkerRemoveCommand.Create(invocation),
    };
}
