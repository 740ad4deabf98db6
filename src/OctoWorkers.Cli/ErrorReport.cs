using Newtonsoft.Json;
using OctoWorkers.Cli.Output;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli;

/// <summary>Shows on standard error why a command failed, and finds its exit code.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="format">For whom.</param>
internal sealed class ErrorReport(CommandConsole console, OutputFormat format)
{
    /// <summary>The one error that is the command's alone: the engine has no output.</summary>
    internal const string OutputNotWritable = "OutputNotWritable";

    /// <summary>Shows an expected failure.</summary>
    internal int Expected(OctoWorkersException failure, string? hint = null)
        => Write(
            failure.Error.ToString(), failure.Message, failure is InvalidDefinitionsException invalid ? invalid.Problems : [], ExitCodes.Of(failure.Error), hint);

    /// <summary>Shows that standard output takes nothing more, unless its reader had enough.</summary>
    internal int Unwritable(UnwritableOutputException failure)
    {
        int exitCode = failure.HasNoReader ? ExitCodes.BrokenPipe : ExitCodes.Unwritable;
        return failure.IsSilent ? exitCode : Write(OutputNotWritable, failure.Message, [], exitCode);
    }

    /// <summary>Shows arguments that cannot be used.</summary>
    internal int Usage(string message) => Write(nameof(EngineError.InvalidArgument), message, [], ExitCodes.Usage);

    /// <summary>Shows a bug; all that is known of it only when that is wanted.</summary>
    internal int Unexpected(Exception failure, bool inFull)
        => Write(
            nameof(EngineError.UnexpectedFailure),
            inFull
                ? $"This is a bug in octoworkers.\n{failure}"
                : $"This is a bug in octoworkers: {failure.GetType().Name}: {failure.Message} Repeat the command with --debug and report what it prints.",
            [],
            ExitCodes.Unexpected);

    private int Write(string error, string message, IReadOnlyList<DefinitionProblem> problems, int exitCode, string? hint = null)
    {
        console.TryFlush();
        if (format == OutputFormat.Table)
        {
            string separator = problems.Count > 0 ? "\n" : " ";
            console.Error.WriteLine($"octoworkers: {error}:{separator}{DisplayText.Lines(message)}{(hint is null ? "" : $"\n{hint}")}");
            return exitCode;
        }

        using (JsonTextWriter json = JsonOutput.Open(console.Error, isIndented: false))
        {
            WriteObject(json, error, message, problems, exitCode, hint);
        }

        console.Error.WriteLine();
        return exitCode;
    }

    private static void WriteObject(
        JsonTextWriter json, string error, string message, IReadOnlyList<DefinitionProblem> problems, int exitCode, string? hint)
    {
        json.WriteStartObject();
        json.Property("error", error);
        json.Property("message", message);
        json.Property("exitCode", exitCode);
        if (hint is not null)
        {
            json.Property("hint", hint);
        }

        if (problems.Count > 0)
        {
            json.Array("problems", problems, static (json, problem) =>
            {
                json.WriteStartObject();
                json.Property("file", problem.Location.File);
                json.Property("line", problem.Location.Line);
                json.Property("column", problem.Location.Column);
                json.Property("message", problem.Message);
                json.WriteEndObject();
            });
        }

        json.WriteEndObject();
    }
}
