using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Signals;

namespace OctoWorkers.Cli.Commands.Stores;

/// <summary><c>octoworkers store backup</c></summary>
internal static class StoreBackupCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> path = new("FILE") { Description = "The file to write." };
        Option<bool> force = new("--force") { Description = "Replace the file if it is there." };
        Option<bool> noPackages = new("--no-packages") { Description = "Leave out the packages of the built-in feed." };
        Command command = new("backup", "Writes a backup of the store, its artifacts and the packages of its built-in feed, while runs go on. The keys of secrets are not in it.")
        {
            path, force, noPackages,
        };
        command.SetAction(invocation.WithPresentStore(async (session, result, cancellationToken) =>
        {
            string file = Path.GetFullPath(result.GetRequiredValue(path));
            StoreBackup backup = await Interruptible.RunAsync(
                session.Context.Signals, token => session.Store.BackupAsync(file, session.Artifacts, result.GetValue(force), !result.GetValue(noPackages), token), cancellationToken)
                .ConfigureAwait(false);
            session.Printer.One(backup, static (json, made) =>
            {
                json.WriteStartObject();
                json.Property("file", made.Path);
                json.Property("bytes", made.Length);
                json.Property("runs", made.Runs);
                json.Property("artifacts", made.Artifacts);
                json.Property("packages", made.Packages);
                json.Property("missingArtifacts", made.MissingArtifacts);
                json.WriteEndObject();
            }, $"Wrote {DisplayText.Line(backup.Path)}: {Words.Count(backup.Runs, "run")}, {Words.Count(backup.Artifacts, "artifact")}, {Words.Count(backup.Packages, "package")}.");
            if (backup.MissingArtifacts > 0)
            {
                session.Printer.Notice($"{Words.Count(backup.MissingArtifacts, "artifact")} had no file any more; 'octoworkers store check' names what is missing.");
            }

            session.Printer.Notice("The keys of secrets are not in it: copy them with 'octoworkers key backup FILE'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
