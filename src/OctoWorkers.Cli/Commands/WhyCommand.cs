using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers why</c></summary>
internal static class WhyCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Command command = new("why", "Says what a run waits for, since when, and who has it; and what those wait for in turn.") { run };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            IReadOnlyList<RunRecord> chain = await session.Engine.ExplainWaitAsync(id, cancellationToken).ConfigureAwait(false);
            session.Printer.One(chain, QueueJson.Why, () => Show(session.Printer, chain, session.Time));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Show(ResultPrinter printer, IReadOnlyList<RunRecord> chain, TimeProvider time)
    {
        RunRecord run = chain[0];
        printer.Say(run.HasEnded ? $"{run.Id} has ended: {run.Status}. It waits for nothing."
            : run.Waits.Count > 0 ? $"{run.Id} is {run.Status} and waits for:"
            : run.Owner is null ? $"{run.Id} is {run.Status} and waits for a process that drives it; this command has seen to that."
            : $"{run.Id} is {run.Status} and waits for nothing but its own steps.");
        if (chain.Any(one => one.Waits.Count > 0))
        {
            printer.Table(QueueTables.Waits(chain, time));
        }
    }
}
