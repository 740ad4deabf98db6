using System.CommandLine;
using OctoWorkers.Cli.Commands.Settings;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers setting</c></summary>
internal static class SettingCommand
{
    internal static Command Create(CommandInvocation invocation) => new("setting", "Manages what can be set for a store.")
    {
        SettingListCommand.Create(invocation),
        SettingSetCommand.Create(invocation),
        SettingResetCommand.Create(invocation),
    };
}
