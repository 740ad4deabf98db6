using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers cancel</c></summary>
internal static class CancelCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Option<string?> reason = new("--reason") { Description = "Why; it is kept with the run.", HelpName = "TEXT" };
        Option<bool> noWait = new("--no-wait") { Description = "Return when the wish is stored, before the run has ended." };
        Command command = new("cancel", "Cancels a run, waits until it has ended, and prints what was ended on its workers. A second time also ends steps that always run.")
        {
            run, reason, noWait,
        };
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            RunRecord before = await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
            if (before.HasEnded)
            {
                throw new OctoWorkersException(EngineError.InvalidRunState, $"{id} has ended already: {before.Status}. There is nothing to cancel.", id);
            }

            await session.Engine.CancelRunAsync(id, result.GetValue(reason) ?? "", cancellationToken).ConfigureAwait(false);
            if (result.GetValue(noWait))
            {
                RunRecord asked = await session.Store.GetRunAsync(id, cancellationToken).ConfigureAwait(false);
                session.Printer.One(asked, RunJson.Write, $"{id} is being canceled.");
                return ExitCodes.Success;
            }

            await session.Engine.WaitForRunAsync(id, cancellationToken).ConfigureAwait(false);
            RunDetails details = await session.Engine.GetRunDetailsAsync(id, cancellationToken).ConfigureAwait(false);
            session.Printer.One(details, RunJson.Write, () => Show(session.Printer, details, session.Time));
            return details.Run.Status == RunStatus.Canceled ? ExitCodes.Success : ExitCodes.Of(details);
        }));
        return command;
    }

    private static void Show(ResultPrinter printer, RunDetails details, TimeProvider time)
    {
        printer.Say(RunTables.Ending(details.Run, time));
        foreach (string receipt in RunTables.Receipts(details))
        {
            printer.Say(receipt);
        }
    }
}
