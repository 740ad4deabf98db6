using System.CommandLine;
using OctoWorkers.Cli.Commands.Policies;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers policy</c></summary>
internal static class PolicyCommand
{
    internal static Command Create(CommandInvocation invocation)
        => new("policy", "Manages machine policies: how workers are checked, and what becomes of those that stay unavailable.")
        {
            PolicyPutCommand.Create(invocation, "add", "Adds a machine policy.", mustBeNew: true),
            PolicyPutCommand.Create(invocation, "set", "Changes a machine policy; what is not given stays.", mustBeNew: false),
            PolicyListCommand.Create(invocation),
            PolicyShowCommand.Create(invocation),
            PolicyRemoveCommand.Create(invocation),
        };
}
