using System.CommandLine;
using OctoWorkers.Cli.Output;

namespace OctoWorkers.Cli.Commands.Queues;

/// <summary><c>octoworkers queue resume</c></summary>
internal static class QueueResumeCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Command command = new("resume", "Lets queued runs begin again.");
        command.SetAction(invocation.WithEngine(async (session, _, cancellationToken) =>
        {
            bool was = await session.Engine.ResumeQueueAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.One(was, static (json, paused) =>
            {
                json.WriteStartObject();
                json.Property("wasPaused", paused);
                json.WriteEndObject();
            }, was ? "Queued runs begin again." : "The queue was not paused.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
