using System.CommandLine;
using OctoWorkers.Cli.Commands.Targets;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers target</c></summary>
internal static class TargetCommand
{
    internal static Command Create(CommandInvocation invocation) => new("target", "Manages deployment targets: the machines that steps are about.")
    {
        TargetAddCommand.Create(invocation),
        TargetSetCommand.Create(invocation),
        TargetListCommand.Create(invocation),
        TargetShowCommand.Create(invocation),
        TargetTestCommand.Create(invocation),
        TargetStateCommand.Create(invocation, "enable", "Lets runs choose targets again.", disabled: false),
        TargetStateCommand.Create(invocation, "disable", "Keeps runs from choosing targets.", disabled: true),
        TargetRemoveCommand.Create(invocation),
    };
}
