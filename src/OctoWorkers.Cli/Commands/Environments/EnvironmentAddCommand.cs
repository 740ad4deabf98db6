using System.CommandLine;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Environments;

/// <summary><c>octoworkers environment add</c></summary>
internal static class EnvironmentAddCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The environment's name." };
        Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };
        Option<string?> retention = Retention();
        Option<string?> guided = GuidedFailure();
        Command command = new("add", "Adds an environment.") { name, description, retention, guided };
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            EnvironmentDefinition definition = new(result.GetRequiredValue(name))
            {
                Description = result.GetValue(description) ?? "",
                Retention = result.GetValue(retention) is { } given ? RetentionPolicy.Parse(given) : RetentionPolicy.Default,
                GuidedFailure = GuidedFailureWords.Read(result.GetValue(guided) ?? "default"),
            };
            EnvironmentRecord environment = await session.Store.PutEnvironmentAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false);
            session.Printer.One(environment, InfrastructureJson.Write, $"Added environment '{environment.Name}' ({environment.Id}).");
            return ExitCodes.Success;
        }));
        return command;
    }

    internal static Option<string?> GuidedFailure()
        => new("--guided-failure") { Description = "Whether steps that fail in it ask a person: on, off or default.", HelpName = "MODE" };

    /// <summary>The option for which ended runs are kept.</summary>
    internal static Option<string?> Retention() => new("--retention")
    {
        Description = "Which ended runs of each runbook are kept: '100 runs', '30 days' or 'forever'.", HelpName = "TEXT",
    };
}
