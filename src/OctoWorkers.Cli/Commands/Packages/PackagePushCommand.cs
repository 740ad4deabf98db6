using System.CommandLine;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Packages;

/// <summary><c>octoworkers package push</c></summary>
internal static class PackagePushCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> file = new("FILE") { Description = "The package: Id.1.2.3.zip, .nupkg or .tar.gz." };
        Option<string?> feed = new("--feed") { Description = "The feed; the built-in one when none is named.", HelpName = "NAME" };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace other bytes under the same version." };
        Command command = new("push", "Puts a package into a feed, whole or not at all.") { file, feed, overwrite };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            PackageRecord package = await session.Engine.PushPackageAsync(
                result.GetRequiredValue(file), result.GetValue(feed), result.GetValue(overwrite), cancellationToken).ConfigureAwait(false);
            session.Printer.One(package, PackageJson.Package, $"Pushed {package} to feed '{package.Feed}' (SHA-256 {package.Hash}).");
            return ExitCodes.Success;
        }));
        return command;
    }
}
