using System.CommandLine;
using OctoWorkers.Cli.Commands.Variables;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers variable</c></summary>
internal static class VariableCommand
{
    internal static Command Create(CommandInvocation invocation) => new("variable", "Manages the variables of variable sets and runbooks.")
    {
        VariableSetCommand.Create(invocation),
        VariableListCommand.Create(invocation),
        VariableShowCommand.Create(invocation),
        VariableRemoveCommand.Create(invocation),
        VariablePreviewCommand.Create(invocation),
    };
}
