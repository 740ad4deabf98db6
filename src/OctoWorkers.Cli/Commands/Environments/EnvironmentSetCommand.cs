using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Environments;

/// <summary><c>octoworkers environment set</c></summary>
internal static class EnvironmentSetCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The environment's name." };
        Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };
        Option<string?> retention = EnvironmentAddCommand.Retention();
        Option<string?> guided = EnvironmentAddCommand.GuidedFailure();
        Command command = new("set", "Changes an environment; what is not given stays.") { name, description, retention, guided };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            IReadOnlyList<EnvironmentRecord> environments = await session.Store.GetEnvironmentsAsync(cancellationToken).ConfigureAwait(false);
            EnvironmentRecord now = Named.Environment(environments, result.GetRequiredValue(name));
            EnvironmentDefinition then = new(now.Name)
            {
                Description = result.GetValue(description) ?? now.Description,
                Retention = result.GetValue(retention) is { } given ? RetentionPolicy.Parse(given) : now.Retention,
                GuidedFailure = result.GetValue(guided) is { } mode ? GuidedFailureWords.Read(mode) : now.GuidedFailure,
            };
            EnvironmentRecord changed = await session.Store.PutEnvironmentAsync(then, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            session.Printer.One(changed, InfrastructureJson.Write, $"Changed environment '{changed.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
