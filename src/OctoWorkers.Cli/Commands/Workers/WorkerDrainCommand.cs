using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker drain</c></summary>
internal static class WorkerDrainCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string[]> names = new("NAME") { Description = "The workers' names.", Arity = ArgumentArity.OneOrMore };
        Option<string?> deadline = new("--deadline") { Description = "By when they are to be free: '10m', '2h'.", HelpName = "TIME" };
        Option<bool> cancel = new("--cancel") { Description = "Cancel the runs that still have a lease there at the deadline." };
        Option<bool> wait = new("--wait") { Description = "Wait until they are free, or the deadline has passed. Exits with 1 when something still runs there." };
        Command command = new("drain", "Keeps workers from taking new work, on their way out.") { names, deadline, cancel, wait };
        command.SetAction(invocation.WithDrivenEngine(async (session, result, cancellationToken) =>
        {
            TimeSpan? length = DurationOption.Read(result, deadline);
            if (result.GetValue(cancel) && length is null)
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, "--cancel says what happens at the deadline: give --deadline too.");
            }

            IReadOnlyList<WorkerRecord> workers = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            List<WorkerRecord> drained = [.. result.GetRequiredValue(names).Select(name => WorkerStateCommand.Changeable(workers, name))];
            for (int i = 0; i < drained.Count; i++)
            {
                drained[i] = await session.Engine.DrainWorkerAsync(drained[i].Name, length, result.GetValue(cancel), cancellationToken).ConfigureAwait(false);
                session.Printer.Say($"Worker '{drained[i].Name}' is draining now{WorkerStateCommand.Leases(drained[i])}{Until(drained[i], session.Time)}.");
            }

            List<WorkerLease> left = [];
            foreach (WorkerRecord worker in result.GetValue(wait) ? drained : [])
            {
                left.AddRange(await session.Engine.WaitForDrainAsync(worker, cancellationToken).ConfigureAwait(false));
            }

            await ReportAsync(session, drained, left, result.GetValue(wait), cancellationToken).ConfigureAwait(false);
            return left.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task ReportAsync(
        EngineSession session, IReadOnlyList<WorkerRecord> drained, IReadOnlyList<WorkerLease> left, bool waited, CancellationToken cancellationToken)
    {
        if (session.Printer.IsJson)
        {
            IReadOnlyList<WorkerRecord> now = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.Document(json => json.Array(now.Where(worker => drained.Any(one => one.Id == worker.Id)), WorkerJson.Write));
            return;
        }

        foreach (WorkerRecord worker in waited ? drained : [])
        {
            RunId[] runs = [.. left.Where(lease => lease.Worker == worker.Id).Select(lease => lease.Run).Distinct()];
            session.Printer.Say(runs.Length == 0
                ? $"Worker '{worker.Name}' is free."
                : $"Worker '{worker.Name}' is still used by {string.Join(", ", runs)}, and its deadline has passed. Wait for these runs, or cancel them.");
        }
    }

    private static string Until(WorkerRecord worker, TimeProvider time)
        => worker.Drain is not { } drain ? ""
            : $"; it is to be free by {Words.Of(drain.Deadline, time)}{(drain.Cancels ? ", when what still runs there is canceled" : "")}";
}
