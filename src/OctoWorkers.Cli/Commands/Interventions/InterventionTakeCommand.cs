using System.CommandLine;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Interventions;

/// <summary><c>octoworkers intervention take</c></summary>
internal static class InterventionTakeCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> interruption = InterruptionReference.Argument();
        Option<bool> force = new("--force") { Description = "Take it also from somebody else who has it." };
        Command command = new("take", "Takes responsibility: from then on only you can answer.") { interruption, force };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            InterruptionId id = await InterruptionReference.FindAsync(
                session.Store, result.GetRequiredValue(interruption), cancellationToken).ConfigureAwait(false);
            Interruption taken = await session.Engine.TakeInterruptionAsync(id, result.GetValue(force), cancellationToken).ConfigureAwait(false);
            session.Printer.One(taken, InterruptionJson.Write, $"{id} is yours to answer, {taken.Assignee}.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
