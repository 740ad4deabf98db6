using System.CommandLine;
using OctoWorkers.Cli.Commands.Artifacts;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers artifact</c></summary>
internal static class ArtifactCommand
{
    internal static Command Create(CommandInvocation invocation) => new("artifact", "Shows and fetches the files that steps kept.")
    {
        ArtifactListCommand.Create(invocation),
        ArtifactDownloadCommand.Create(invocation),
    };
}
