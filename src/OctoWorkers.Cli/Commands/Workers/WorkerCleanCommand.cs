using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker clean</c></summary>
internal static class WorkerCleanCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The worker's name." };
        Option<string?> unused = new("--unused-for") { Description = "Only what no run used for so long, such as 7d; else all that no run uses.", HelpName = "DURATION" };
        Command command = new("clean", "Removes from a worker's package cache what no run uses.") { name, unused };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            TimeSpan oldest = TimeSpan.Zero;
            if (result.GetValue(unused) is { } text && !DurationText.TryParse(text, out oldest, out string? problem))
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, $"--unused-for: {problem}.", text);
            }

            WorkerRecord worker = Named.Worker(await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false), result.GetRequiredValue(name));
            CacheClearance cleared = await session.Engine.CleanWorkerAsync(worker, oldest, cancellationToken).ConfigureAwait(false);
            session.Printer.One(cleared, PackageJson.Clearance, $"Removed {Words.Bytes(cleared.Removed)} of packages from '{cleared.Worker}'; {Words.Bytes(cleared.Left)} are left.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
