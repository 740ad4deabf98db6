using System.CommandLine;
using OctoWorkers.Cli.Commands.Environments;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers environment</c></summary>
internal static class EnvironmentCommand
{
    internal static Command Create(CommandInvocation invocation) => new("environment", "Manages environments: the stages that runbooks run in.")
    {
        EnvironmentAddCommand.Create(invocation),
        EnvironmentSetCommand.Create(invocation),
        EnvironmentListCommand.Create(invocation),
        EnvironmentRemoveCommand.Create(invocation),
    };
}
