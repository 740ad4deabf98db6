using System.CommandLine;
using OctoWorkers.Cli.Commands.Packages;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers package</c></summary>
internal static class PackageCommand
{
    internal static Command Create(CommandInvocation invocation) => new("package", "Manages packages: the files that steps take to their workers.")
    {
        PackagePushCommand.Create(invocation),
        PackageListCommand.Create(invocation),
        PackageAcquireCommand.Create(invocation),
    };
}
