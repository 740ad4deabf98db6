using System.CommandLine;
using OctoWorkers.Cli.Commands.Keys;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers key</c></summary>
internal static class KeyCommand
{
    internal static Command Create(CommandInvocation invocation) => new("key", "Manages the keys with which the store's secrets are encrypted.")
    {
        KeyShowCommand.Create(invocation),
        KeyBackupCommand.Create(invocation),
        KeyRestoreCommand.Create(invocation),
        KeyRotateCommand.Create(invocation),
    };
}
