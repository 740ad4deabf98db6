using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Artifacts;

namespace OctoWorkers.Cli.Commands.Artifacts;

/// <summary><c>octoworkers artifact list</c></summary>
internal static class ArtifactListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Command command = new("list", "Lists the artifacts of a run.") { run };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            RunRecord record = await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RunArtifact> artifacts = RunArtifacts.Collected(
                id, await session.Store.GetEventsAsync(id, cancellationToken).ConfigureAwait(false));
            session.Printer.List(artifacts, ArtifactJson.Write, () => Table(record, artifacts));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(RunRecord run, IReadOnlyList<RunArtifact> artifacts)
    {
        TextTable table = new("NUMBER", "NAME", "BYTES", "STEP") { WhenEmpty = $"{run.Id} has no artifacts." };
        foreach (RunArtifact artifact in artifacts)
        {
            table.Add(
                artifact.Number.ToString(CultureInfo.InvariantCulture), artifact.Name, artifact.Length.ToString(CultureInfo.InvariantCulture),
                $"{run.Request.Snapshot.Steps[artifact.Step - 1].Name}{(artifact.Target is { } target ? $" for {target}" : "")}");
        }

        return table;
    }
}
