using System.CommandLine;
using OctoWorkers.Cli.Commands.Queues;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands;

/// <summary><c>octoworkers queue</c></summary>
internal static class QueueCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("queue", "Lists the runs that have not begun, in the order in which they would, and what each waits for.")
        {
            QueueTopCommand.Create(invocation),
            QueuePriorityCommand.Create(invocation),
            QueuePauseCommand.Create(invocation),
            QueueResumeCommand.Create(invocation),
        };
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            QueueState queue = await session.Engine.GetQueueAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.One(queue, QueueJson.Write, () =>
            {
                if (queue.Pause is { } pause)
                {
                    session.Printer.Say($"The queue is {pause}, since {Words.Of(pause.Since, session.Time)}. 'octoworkers queue resume' ends that.");
                }

                session.Printer.Table(QueueTables.Queue(queue.Runs, session.Time));
            });
            return ExitCodes.Success;
        }));
        return command;
    }
}
