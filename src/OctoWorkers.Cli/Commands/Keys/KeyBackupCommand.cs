using System.CommandLine;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Keys;

/// <summary><c>octoworkers key backup</c></summary>
internal static class KeyBackupCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> path = new("FILE") { Description = "The file to write; it must not be there." };
        Command command = new("backup", "Copies the keys into a file that only you can read. Without keys the store's secrets are lost.") { path };
        command.SetAction(invocation.WithEngine((session, result, _) =>
        {
            string target = Path.GetFullPath(result.GetRequiredValue(path));
            int count = session.Secrets.Backup(target);
            session.Printer.One((target, count), static (json, made) =>
            {
                json.WriteStartObject();
                json.Property("file", made.target);
                json.Property("keys", made.count);
                json.WriteEndObject();
            }, $"{Words.Count(count, "key")} copied to {target}. Keep it apart from the store.");
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }
}
