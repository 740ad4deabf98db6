using System.CommandLine;
using OctoWorkers.Cli.Following;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Runs;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers rerun</c></summary>
internal static class RerunCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> run = RunReference.Argument();
        Option<bool> fromFailed = new("--from-failed") { Description = "Begin with the first step that did not succeed. It has to be given." };
        Option<string?> guided = RunCommand.GuidedFailureOption("the run that it repeats");
        QueueOptions queue = new("the run that it repeats");
        FollowFlags flags = new();
        Command command = new("rerun", "Runs a failed or canceled run again, on the same snapshot of its runbook.") { run, fromFailed, guided };
        queue.AddTo(command);
        flags.AddTo(command, withRecurse: true);
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            if (!result.GetValue(fromFailed))
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, "Say --from-failed: there is no other way to run a run again yet.");
            }

            RunId id = await RunReference.FindAsync(session.Store, result.GetRequiredValue(run), cancellationToken).ConfigureAwait(false);
            NewRerun asked = queue.Read(result, new NewRerun(id)
            {
                Detached = flags.IsDetached(result),
                Warn = flags.IsDetached(result) || flags.Read(result).IsQuiet ? session.Printer.Notice : static _ => { },
                GuidedFailure = GuidedFailureWords.Read(result.GetValue(guided) ?? "default"),
            });
            return await RunStart.DoAsync(
                session, flags.Read(result), asked.Detached, token => session.Engine.RerunFromFailedAsync(asked, token), cancellationToken)
                .ConfigureAwait(false);
        }));
        return command;
    }
}
