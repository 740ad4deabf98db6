using System.CommandLine;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers remove</c></summary>
internal static class RemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string[]> runs = new("RUN") { Description = "The runs: 'RunbookRuns-7', '7', or 'latest'.", Arity = ArgumentArity.OneOrMore };
        Command command = new("remove", "Removes runs that have ended, with their logs and artifacts.") { runs };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            List<RunId> removed = [];
            foreach (string text in result.GetRequiredValue(runs))
            {
                removed.Add(await RunReference.FindAsync(session.Store, text, cancellationToken).ConfigureAwait(false));
            }

            removed = [.. removed.Distinct()];
            foreach (RunId run in removed)
            {
                await session.Store.RemoveRunAsync(run, cancellationToken).ConfigureAwait(false);
                session.Artifacts.RemoveRun(run);
                session.Printer.Say($"Removed {run}.");
            }

            if (session.Printer.IsJson)
            {
                session.Printer.Document(json => json.Array(removed, static (json, run) => json.WriteValue(run.ToString())));
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
