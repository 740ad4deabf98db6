using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers wait</c></summary>
internal static class WaitCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Command command = new("wait", "Waits until a run has ended. Exits with 0 when it succeeded, 1 when it failed, 3 when it was canceled.") { run };
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            RunRecord ended = await session.Engine.WaitForRunAsync(id, cancellationToken).ConfigureAwait(false);
            session.Printer.One(ended, RunJson.Write, RunTables.Ending(ended, session.Time));
            return ExitCodes.Of(await session.Engine.GetRunDetailsAsync(id, cancellationToken).ConfigureAwait(false));
        }));
        return command;
    }
}
