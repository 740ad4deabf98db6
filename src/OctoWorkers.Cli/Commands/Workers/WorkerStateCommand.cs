using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker enable</c> and <c>disable</c></summary>
internal static class WorkerStateCommand
{
    internal static Command Create(CommandInvocation invocation, string verb, string description, WorkerState state)
    {
        Argument<string[]> names = new("NAME") { Description = "The workers' names.", Arity = ArgumentArity.OneOrMore };
        Command command = new(verb, description) { names };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<WorkerRecord> workers = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            List<WorkerRecord> changed = [.. result.GetRequiredValue(names).Select(name => Changeable(workers, name))];
            for (int i = 0; i < changed.Count; i++)
            {
                changed[i] = await session.Store.SetWorkerStateAsync(changed[i].Name, state, cancellationToken).ConfigureAwait(false);
                session.Printer.Say($"Worker '{changed[i].Name}' is {Word(state)} now{Leases(changed[i])}.");
            }

            if (session.Printer.IsJson)
            {
                session.Printer.Document(json => json.Array(changed, WorkerJson.Write));
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    internal static WorkerRecord Changeable(IReadOnlyList<WorkerRecord> workers, string name)
    {
        WorkerRecord worker = Named.Worker(workers, name);
        return worker.Id != WorkerRecord.BuiltInId
            ? worker
            : throw new OctoWorkersException(
                EngineError.InvalidArgument,
                "The built-in worker is not managed like others: 'octoworkers setting set builtInWorker false' switches it off.", name);
    }

    private static string Word(WorkerState state) => state == WorkerState.Enabled ? "enabled" : "disabled";

    internal static string Leases(WorkerRecord worker)
        => worker.Leases > 0 && worker.State != WorkerState.Enabled
            ? $"; {Words.Count(worker.Leases, "lease")} on it will still be used"
            : "";
}
