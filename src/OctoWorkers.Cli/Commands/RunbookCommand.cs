using System.CommandLine;
using OctoWorkers.Cli.Commands.Runbooks;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers runbook</c></summary>
internal static class RunbookCommand
{
    internal static Command Create(CommandInvocation invocation) => new("runbook", "Manages runbooks; 'apply' puts them into the store.")
    {
        RunbookListCommand.Create(invocation),
        RunbookShowCommand.Create(invocation),
        RunbookRemoveCommand.Create(invocation),
    };
}
