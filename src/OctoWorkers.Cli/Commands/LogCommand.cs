using System.CommandLine;
using System.Globalization;
using OctoWorkers.Cli.Following;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Signals;
using OctoWorkers.Engine.Logs;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers log</c></summary>
internal static class LogCommand
{
    private const string TextWord = "text";
    private const string JsonLinesWord = "jsonl";

    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Option<bool> follow = new("--follow") { Description = "Go on until the run has ended." };
        Option<long> from = new("--from") { Description = "Begin with this line of the run's log; the first is 1.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
        Option<int?> step = new("--step") { Description = "Only the step with this number; 0 is what the engine says.", HelpName = "NUMBER" };
        Option<string?> level = new("--level")
        {
            Description = $"Only lines of this level, or of a graver one: {string.Join(", ", LogLevelWord.All)}; Wait is as grave as Information.",
            HelpName = "LEVEL",
        };
        Option<string?> export = new("--export") { Description = "Write the log to this file instead of printing it.", HelpName = "FILE" };
        Option<string> format = new Option<string>("--format")
        {
            Description = "The form of that file: 'text' (the default), or 'jsonl', a JSON object a line.", HelpName = "text|jsonl", DefaultValueFactory = _ => TextWord,
        }.AcceptOnlyFromAmong(TextWord, JsonLinesWord);
        Option<bool> force = new("--force") { Description = "Replace the file if it is there." };
        Command command = new("log", "Prints a run's log; with --output json a JSON object a line. Or writes it to a file.")
        {
            run, follow, from, step, level, export, format, force,
        };
        command.SetAction((result, cancellationToken) => result.GetValue(follow)
            ? invocation.WithDrivenEngine(ShowAsync)(result, cancellationToken)
            : invocation.WithEngine(ShowAsync)(result, cancellationToken));
        return command;

        async Task<int> ShowAsync(EngineSession session, ParseResult result, CancellationToken cancellationToken)
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            long first = result.GetValue(from);
            if (first < 1)
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, $"--from is {first}; lines are counted from 1.", first);
            }

            RunRecord record = await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            int? only = result.GetValue(step);
            Require(record, only);
            if (result.GetValue(export) is { } path)
            {
                LogExportOptions options = new()
                {
                    Format = result.GetRequiredValue(format) == JsonLinesWord ? LogFormat.JsonLines : LogFormat.Text,
                    After = first - 1,
                    Step = only,
                    Follows = result.GetValue(follow),
                    Overwrites = result.GetValue(force),
                };
                return await ExportAsync(session, id, Path.GetFullPath(path), options, cancellationToken).ConfigureAwait(false);
            }

            if (result.GetValue(force) || result.GetResult(format) is { Implicit: false })
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, "--format and --force are for --export FILE.");
            }

            await new LogView(session) { Least = result.GetValue(level) is { } word ? LogLevelWord.Read(word) : LogLevel.Verbose }
                .ShowAsync(id, first - 1, only, result.GetValue(follow), cancellationToken).ConfigureAwait(false);
            return ExitCodes.Success;
        }
    }

    private static async Task<int> ExportAsync(
        EngineSession session, RunId run, string path, LogExportOptions options, CancellationToken cancellationToken)
    {
        long lines = await Interruptible.RunAsync(
            session.Context.Signals, token => session.Engine.ExportLogAsync(run, path, options, token), cancellationToken).ConfigureAwait(false);
        session.Printer.One(lines, (json, count) =>
        {
            json.WriteStartObject();
            json.Property("file", path);
            json.Property("lines", count);
            json.WriteEndObject();
        }, string.Create(CultureInfo.InvariantCulture, $"Wrote '{DisplayText.Line(path)}', {lines} line{(lines == 1 ? "" : "s")}."));
        return ExitCodes.Success;
    }

    private static void Require(RunRecord run, int? step)
    {
        IReadOnlyList<StepDefinition> steps = run.Request.Snapshot.Steps;
        if (step < 0 || step > steps.Count)
        {
            string names = string.Join(", ", steps.Select((one, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1} ({DisplayText.Of(one.Name)})")));
            throw new OctoWorkersException(
                EngineError.StepNotFound, $"{run.Id} has no step {step}. There is: {names}; and 0, which is what the engine says.", step);
        }
    }
}
