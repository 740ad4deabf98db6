using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Packages;

/// <summary><c>octoworkers package list</c></summary>
internal static class PackageListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string?> id = new("ID") { Description = "Only the versions of this package.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> feed = new("--feed") { Description = "The feed; the built-in one when none is named.", HelpName = "NAME" };
        Command command = new("list", "Lists the packages of a feed, newest versions first.") { id, feed };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<PackageRecord> all = await session.Engine.GetPackagesAsync(result.GetValue(feed), cancellationToken).ConfigureAwait(false);
            PackageRecord[] chosen = [.. all.Where(package => result.GetValue(id) is not { } wanted || EntityName.Comparer.Equals(package.PackageId, wanted))];
            session.Printer.List(chosen, PackageJson.Package, () => Table(chosen, all.Count > 0));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(PackageRecord[] packages, bool isFiltered)
    {
        TextTable table = new("PACKAGE", "VERSION", "SIZE", "FILE") { WhenEmpty = isFiltered ? "No package matches." : "There are no packages. Push one with 'octoworkers package push FILE'." };
        foreach (PackageRecord package in packages)
        {
            table.Add(package.PackageId, package.Version.Text, Words.Bytes(package.Size), package.FileName);
        }

        return table;
    }
}
