using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Packages;

/// <summary><c>octoworkers package acquire</c></summary>
internal static class PackageAcquireCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> id = new("ID") { Description = "The package's id." };
        Option<string?> version = new("--version") { Description = "Its version; the newest when none is given.", HelpName = "VERSION" };
        Option<string?> feed = new("--feed") { Description = "The feed; the built-in one when none is named.", HelpName = "NAME" };
        Option<string[]> workers = new("--worker") { Description = "The worker; may be repeated.", HelpName = "NAME", Required = true };
        Command command = new("acquire", "Brings a package to the caches of workers ahead of the runs that use it.") { id, version, feed, workers };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            PackageReference reference = new(result.GetRequiredValue(id), result.GetValue(feed)) { Version = result.GetValue(version) };
            IReadOnlyList<WorkerRecord> known = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            WorkerRecord[] chosen = [.. result.GetRequiredValue(workers).Select(name => Named.Worker(known, name))];
            List<AcquiredPackage> acquired = [];
            foreach (WorkerRecord worker in chosen)
            {
                acquired.Add(await session.Engine.AcquirePackageAsync(reference, worker, static _ => Task.CompletedTask, cancellationToken).ConfigureAwait(false));
            }

            session.Printer.List(acquired, PackageJson.Acquired, () => Table(acquired));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(List<AcquiredPackage> acquired)
    {
        TextTable table = new("WORKER", "PACKAGE", "VERSION", "MOVED");
        foreach (AcquiredPackage package in acquired)
        {
            table.Add(package.Worker, package.PackageId, package.Version, package.Moved == 0 ? "was there" : Words.Bytes(package.Moved));
        }

        return table;
    }
}
