using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Interventions;

/// <summary><c>octoworkers intervention show</c></summary>
internal static class InterventionShowCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> interruption = InterruptionReference.Argument();
        Command command = new("show", "Shows an intervention: its instructions, or what went wrong, who is to answer, and what was answered.") { interruption };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            InterruptionId id = await InterruptionReference.FindAsync(
                session.Store, result.GetRequiredValue(interruption), cancellationToken).ConfigureAwait(false);
            Interruption found = await session.Store.GetInterruptionAsync(id, cancellationToken).ConfigureAwait(false);
            session.Printer.One(found, InterruptionJson.Write, () => Show(session.Printer, found, session.Time));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Show(ResultPrinter printer, Interruption one, TimeProvider time)
    {
        string answers = string.Join(", ", one.Answers.Select(answer => answer.ToString().ToLowerInvariant()));
        printer.Facts(
        [
            ("Intervention", one.Id.ToString()),
            ("Run", $"{one.Run} ({one.Runbook} in {one.Environment})"),
            ("Step", $"{one.Step} {one.StepName}"),
            .. one.Target is { } target ? [("Deployment target", target)] : (IEnumerable<(string, Cell)>)[],
            (one.Kind == InterruptionKind.Manual ? "Instructions" : "Failure", one.Text),
            ("State", one.Status.ToString()),
            ("Since", Words.Of(one.Raised, time)),
            ("Responsible", one.Responsible.Count == 0 ? "anyone" : string.Join(", ", one.Responsible)),
            ("Taken by", one.Assignee),
            .. one.Status == InterruptionStatus.Pending ? [("Answer with", answers)] : (IEnumerable<(string, Cell)>)[],
            .. one.AnsweredBy is { } person
                ? [("Answer", one.Answer.ToString()), ("By", $"{person} at {Words.Of(one.Answered, time)}"), ("Notes", one.Notes)]
                : (IEnumerable<(string, Cell)>)[],
        ]);
    }
}
