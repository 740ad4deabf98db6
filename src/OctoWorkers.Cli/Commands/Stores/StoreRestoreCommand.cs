using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Signals;
using OctoWorkers.Storage.Backups;

namespace OctoWorkers.Cli.Commands.Stores;

/// <summary><c>octoworkers store restore</c></summary>
internal static class StoreRestoreCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> path = new("FILE") { Description = "A file that 'store backup' wrote." };
        Command command = new("restore", "Makes a store of a backup, in a folder (--home) that has none.") { path };
        command.SetAction(async (result, cancellationToken) =>
        {
            StoreRestoration restored = await Interruptible.RunAsync(
                invocation.Context.Signals,
                token => StoreRestore.RestoreAsync(result.GetRequiredValue(path), invocation.Home(result), invocation.Context.Time, token),
                cancellationToken).ConfigureAwait(false);
            ResultPrinter printer = invocation.Printer(result);
            printer.One(restored, static (json, made) =>
            {
                json.WriteStartObject();
                json.Property("location", made.Location);
                json.Property("backedUp", made.BackedUp);
                json.Property("runs", made.Runs);
                json.Property("artifacts", made.Artifacts);
                json.Property("packages", made.Packages);
                json.Property("secrets", made.Secrets);
                json.Property("verified", made.IsVerified);
                json.Array("endedRuns", made.EndedRuns, static (writer, run) => writer.WriteValue(run.ToString()));
                json.WriteEndObject();
            }, $"Restored {DisplayText.Line(restored.Location)} as it was at {Words.Of(restored.BackedUp, invocation.Context.Time)}: "
                + $"{Words.Count(restored.Runs, "run")}, {Words.Count(restored.Artifacts, "artifact")}, {Words.Count(restored.Packages, "package")}.");
            if (!restored.IsVerified)
            {
                printer.Notice("An earlier version wrote this backup, without checksums of its files: whether each is as it was written could not be checked.");
            }

            if (restored.EndedRuns.Count > 0)
            {
                printer.Notice($"Ended, since nobody knows what became of them after the backup: {string.Join(", ", restored.EndedRuns)}.");
            }

            if (restored.Secrets > 0)
            {
                printer.Notice(
                    $"The keys of its {Words.Count(restored.Secrets, "secret")} were not in the backup: bring them back with 'octoworkers key restore FILE', unless they are there.");
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
