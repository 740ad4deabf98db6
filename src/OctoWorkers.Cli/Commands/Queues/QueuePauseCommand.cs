using System.CommandLine;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Queues;

/// <summary><c>octoworkers queue pause</c></summary>
internal static class QueuePauseCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Option<string?> reason = new("--reason") { Description = "Why; whoever waits is told.", HelpName = "TEXT" };
        Command command = new("pause", "Lets no queued run begin, until 'octoworkers queue resume'; what runs goes on.") { reason };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            QueuePause pause = await session.Engine.PauseQueueAsync(result.GetValue(reason)?.Trim() ?? "", cancellationToken).ConfigureAwait(false);
            session.Printer.One(pause, QueueJson.Write, $"The queue is {pause}. What runs goes on; 'octoworkers queue resume' lets queued runs begin again.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
