using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Workers;

/// <summary><c>octoworkers worker set</c></summary>
internal static class WorkerSetCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The worker's name." };
        Option<string[]> pools = new("--pool") { Description = "A pool it is to be in, and in no others; may be repeated.", HelpName = "POOL" };
        Option<string?> policy = new("--policy") { Description = "The machine policy by which it is checked.", HelpName = "POLICY" };
        Option<string[]> tags = new("--tag") { Description = "A free word to find it by, and no others; may be repeated. An empty one alone: none.", HelpName = "WORD" };
        Option<int?> maxSteps = new("--max-steps") { Description = "At most so many steps run on it at once; 0: as many as come.", HelpName = "NUMBER" };
        ConnectionOptions connection = new();
        Command command = new("set", "Changes a worker. What is not given stays; a changed connection or policy forgets its health.") { name, pools, policy, tags, maxSteps };
        connection.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            GivenChange.Require(result, [pools, policy, tags, maxSteps, .. connection.All]);
            WorkerRecord worker = Named.Worker(await session.Store.GetWorkersAsync(cancellationToken).ConfigureAwait(false), result.GetRequiredValue(name));
            WorkerConnection reached = await connection.ChangeAsync(result, worker.Connection, session, cancellationToken).ConfigureAwait(false);
            WorkerDefinition definition = new(worker.Name, reached, result.GetValue(pools) is { Length: > 0 } wanted ? wanted : worker.Pools)
            {
                Tags = result.GetValue(tags) is { Length: > 0 } words ? [.. words.Where(word => word.Length > 0)] : worker.Tags,
                Policy = result.GetValue(policy) ?? worker.Policy,
                State = worker.State,
                MaxSteps = StepCap.Change(result, maxSteps, worker.MaxSteps),
            };
            worker = await session.Store.PutWorkerAsync(definition, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            session.Printer.One(worker, WorkerJson.Write, $"Changed worker '{worker.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
