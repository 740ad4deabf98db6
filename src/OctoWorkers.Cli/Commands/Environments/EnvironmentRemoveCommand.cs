using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Environments;

/// <summary><c>octoworkers environment remove</c></summary>
internal static class EnvironmentRemoveCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The environment's name." };
        Command command = new("remove", "Removes an environment in which every run has ended.") { name };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<EnvironmentRecord> environments = await session.Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
            EnvironmentRecord environment = Named.Environment(environments, result.GetRequiredValue(name));
            await session.Store.RemoveEnvironmentAsync(environment.Name, cancellationToken).ConfigureAwait(false);
            session.Printer.One(environment, InfrastructureJson.Write, $"Removed environment '{environment.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
