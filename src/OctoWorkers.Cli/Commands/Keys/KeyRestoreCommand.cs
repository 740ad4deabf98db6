using System.CommandLine;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Keys;

/// <summary><c>octoworkers key restore</c></summary>
internal static class KeyRestoreCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> path = new("FILE") { Description = "A file that 'key backup' wrote." };
        Command command = new("restore", "Takes the keys of a backup into the keyring, beside those that are there.") { path };
        command.SetAction(invocation.WithEngine((session, result, _) =>
        {
            IReadOnlyList<string> added = session.Secrets.Restore(result.GetRequiredValue(path));
            session.Printer.One(added, static (json, ids) =>
            {
                json.WriteStartObject();
                json.Array("added", ids, static (writer, id) => writer.WriteValue(id));
                json.WriteEndObject();
            }, added.Count == 0 ? "All keys of the backup were there already." : $"Restored: {string.Join(", ", added)}.");
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }
}
