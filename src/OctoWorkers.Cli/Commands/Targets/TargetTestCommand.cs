using System.CommandLine;
using OctoWorkers.Cli.Commands.Workers;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Workers;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary><c>octoworkers target test</c></summary>
internal static class TargetTestCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string[]> names = new("NAME") { Description = "The targets' names.", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> all = new("--all") { Description = "Test every target." };
        Command command = new("test", "Checks deployment targets now: whether they can be reached, and what they have. Exits with 1 when one is not healthy.") { names, all };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<DeploymentTargetRecord> targets = await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
            string[] wanted = result.GetValue(names) ?? [];
            if (wanted.Length > 0 == result.GetValue(all))
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, "Name the deployment targets to test, or say --all.");
            }

            WorkerRecord[] machines = [.. (wanted.Length == 0 ? targets : wanted.Select(name => Named.Target(targets, name))).Select(target => target.Machine)];
            WorkerCheck[] checks = await WorkerChecks.RunAsync(session.Engine, machines, cancellationToken).ConfigureAwait(false);
            session.Printer.List(checks, WorkerJson.Write, () => WorkerTestCommand.Table(checks, "There are no deployment targets to test."));
            return checks.All(check => WorkerChecks.IsEligible(check.Health.Status)) ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }
}
