using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Interventions;

/// <summary><c>octoworkers intervention list</c></summary>
internal static class InterventionListCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<string?> run = new("--run") { Description = "Only those of this run.", HelpName = "RUN" };
        Option<bool> all = new("--all") { Description = "Those too that were answered, or whose run was stopped." };
        Command command = new("list", "Lists what waits for people, oldest first.") { run, all };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            InterruptionFilter filter = new()
            {
                Run = result.GetValue(run) is { } text ? await RunReference.FindAsync(session.Store, text, cancellationToken).ConfigureAwait(false) : null,
                PendingOnly = !result.GetValue(all),
            };
            IReadOnlyList<Interruption> found = await session.Store.GetInterruptionsAsync(filter, cancellationToken).ConfigureAwait(false);
            session.Printer.List(found, InterruptionJson.Write, () => Table(found, session.Time));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static TextTable Table(IReadOnlyList<Interruption> interruptions, TimeProvider time)
    {
        TextTable table = new("INTERVENTION", "RUNBOOK", "STEP", "STATE", "SINCE", "WHO")
        {
            WhenEmpty = "Nothing waits for a person.", WholeColumns = 1,
        };
        foreach (Interruption one in interruptions)
        {
            table.Add(
                one.Id.ToString(), $"{one.Runbook} in {one.Environment}", StepOf(one),
                one.Answer?.ToString() ?? one.Status.ToString(), Words.Of(one.Raised, time), Who(one));
        }

        return table;
    }

    private static string StepOf(Interruption one)
        => $"{one.StepName}{(one.Target is null ? "" : $" for {one.Target}")}{(one.Kind == InterruptionKind.Failure ? " (failed)" : "")}";

    // Who answered, else who has taken it, else who may answer.
    private static string Who(Interruption one)
        => one.AnsweredBy?.ToString() ?? (one.Assignee is { } assignee ? $"taken by {assignee}" : one.Responsible.Count == 0 ? "anyone" : Words.List(one.Responsible));
}
