using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Artifacts;

namespace OctoWorkers.Cli.Commands.Artifacts;

/// <summary><c>octoworkers artifact download</c></summary>
internal static class ArtifactDownloadCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Argument<string> artifact = new("ARTIFACT") { Description = "The artifact's number, or its name where only one has it." };
        Option<string?> to = new("--to") { Description = "The file to write, or an existing folder; else the artifact's name, here.", HelpName = "PATH" };
        Option<bool> force = new("--force") { Description = "Replace a file that is there already." };
        Command command = new("download", "Writes an artifact of a run to a file.") { run, artifact, to, force };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RunEvent> events = await session.Store.GetEventsAsync(id, cancellationToken).ConfigureAwait(false);
            RunArtifact found = Find(id, RunArtifacts.Collected(id, events), result.GetRequiredValue(artifact));
            string path = Target(found, result.GetValue(to));
            Stream source = session.Artifacts.OpenRead(id, found.StoredAs);
            await using (source.ConfigureAwait(false))
            {
                await WriteAsync(source, path, result.GetValue(force), cancellationToken).ConfigureAwait(false);
            }

            session.Printer.One(found, ArtifactJson.Write, $"Wrote '{DisplayText.Line(path)}', {found.Length.ToString(CultureInfo.InvariantCulture)} bytes.");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static RunArtifact Find(RunId run, IReadOnlyList<RunArtifact> artifacts, string wanted)
    {
        RunArtifact[] found = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? [.. artifacts.Where(artifact => artifact.Number == number)]
            : [.. artifacts.Where(artifact => artifact.Name == wanted)];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new OctoWorkersException(
                EngineError.ArtifactNotFound, $"{run} has no artifact '{DisplayText.Line(wanted)}'; 'octoworkers artifact list {run}' shows those it has.", wanted),
            _ => throw new OctoWorkersException(
                EngineError.InvalidArgument,
                $"{run} has several artifacts named '{DisplayText.Line(wanted)}': {string.Join(", ", found.Select(one => one.Number))}. Give the number.", wanted),
        };
    }

    private static string Target(RunArtifact artifact, string? to)
        => Path.GetFullPath(to is null ? RunArtifacts.FileName(artifact) : Directory.Exists(to) ? Path.Combine(to, RunArtifacts.FileName(artifact)) : to);

    private static async Task WriteAsync(Stream source, string path, bool force, CancellationToken cancellationToken)
    {
        try
        {
            await ArtifactFile.WriteAsync(source, path, force, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (!force && File.Exists(path) && e is not FileNotFoundException)
        {
            throw new OctoWorkersException(EngineError.AlreadyExists, $"'{DisplayText.Line(path)}' is there already; use --force, or --to another path.", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"'{DisplayText.Line(path)}' cannot be written: {e.Message}", path, e);
        }
    }
}
