using System.CommandLine;
using OctoWorkers.Cli.Output;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker test</c></summary>
internal static class WorkerTestCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string[]> names = new("NAME") { Description = "The workers' names.", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> all = new("--all") { Description = "Test every worker." };
        Command command = new("test", "Checks workers now: whether they can be reached, and what they have. Exits with 1 when one is not healthy.")
        {
            names, all,
        };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<WorkerRecord> workers = await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false);
            string[] wanted = result.GetValue(names) ?? [];
            if (wanted.Length > 0 == result.GetValue(all))
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, "Name the workers to test, or say --all.");
            }

            WorkerRecord[] chosen = wanted.Length == 0 ? [.. workers] : [.. wanted.Select(name => Named.Worker(workers, name))];
            WorkerCheck[] checks = await WorkerChecks.RunAsync(session.Engine, chosen, cancellationToken).ConfigureAwait(false);
            session.Printer.List(checks, WorkerJson.Write, () => Table(checks, "There are no workers to test."));
            return checks.All(check => WorkerChecks.IsEligible(check.Health.Status)) ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    internal static TextTable Table(WorkerCheck[] checks, string whenEmpty)
    {
        TextTable table = new("NAME", "HEALTH", "TOOK", "MESSAGE") { WhenEmpty = whenEmpty };
        foreach (WorkerCheck check in checks)
        {
            table.Add(check.Name, Cell.Of(check.Health.Status), Words.Of(check.Elapsed), OneLine(check.Health.Message));
        }

        return table;
    }

    // What ssh and interpreters say has lines, which a cell of a table has not.
    private static string OneLine(string message) => string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
