using System.CommandLine;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Interventions;

/// <summary><c>octoworkers intervention proceed</c> and the other answers</summary>
internal static class InterventionAnswerCommand
{
    internal static Command Create(CommandInvocation invocation, InterruptionAnswer answer, string description)
    {
        Argument<string> interruption = InterruptionReference.Argument();
        Option<string?> notes = new("--notes") { Description = "What there is to note; the run's secrets are masked.", HelpName = "TEXT" };
        Option<string?> file = new("--notes-file") { Description = "The notes, from a UTF-8 file; '-' is standard input.", HelpName = "PATH" };
        Command command = new(answer.ToString().ToLowerInvariant(), description) { interruption, notes, file };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            if (result.GetValue(notes) is not null && result.GetValue(file) is not null)
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, "Give --notes or --notes-file, not both.");
            }

            InterruptionId id = await InterruptionReference.FindAsync(
                session.Store, result.GetRequiredValue(interruption), cancellationToken).ConfigureAwait(false);
            string text = result.GetValue(file) is { } path
                ? await NotesInput.ReadAsync(session.Context, path, cancellationToken).ConfigureAwait(false)
                : result.GetValue(notes) ?? "";
            Interruption answered = await session.Engine.AnswerInterruptionAsync(id, answer, text, cancellationToken).ConfigureAwait(false);
            session.Printer.One(
                answered, InterruptionJson.Write,
                $"{id}, step '{answered.StepName}' of {answered.Run}: {answer.ToString().ToLowerInvariant()}. Follow the run with 'octoworkers log {answered.Run} --follow'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
