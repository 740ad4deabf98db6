using System.CommandLine;
using OctoWorkers.Cli.Commands.Retention;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers retention</c></summary>
internal static class RetentionCommand
{
    internal static Command Create(CommandInvocation invocation) => new("retention", "Removes ended runs that are not to be kept.")
    {
        RetentionApplyCommand.Create(invocation),
    };
}
