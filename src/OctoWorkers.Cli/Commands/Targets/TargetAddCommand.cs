using System.CommandLine;
using OctoWorkers.Cli.Commands.Workers;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary><c>octoworkers target add</c></summary>
internal static class TargetAddCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The target's name; no worker has it." };
        Option<string[]> environments = new("--environment") { Description = "An environment it is in; may be repeated.", HelpName = "NAME", Required = true };
        Option<string[]> tags = new("--tag") { Description = "A tag that steps choose it by; may be repeated.", HelpName = "TAG", Required = true };
        Option<string?> policy = new("--policy") { Description = "The machine policy by which it is checked; else the default one.", HelpName = "POLICY" };
        Option<bool> disabled = new("--disabled") { Description = "Add it disabled: no run chooses it." };
        Option<bool> bypass = new("--bypass-deployment-mutex") { Description = "Let steps share it, where OctopusBypassDeploymentMutex says nothing." };
        TenantOptions tenants = new("");
        ConnectionOptions connection = new();
        Command command = new("add", "Adds a deployment target.") { name, environments, tags, policy, disabled, bypass };
        tenants.AddTo(command, isChange: false);
        connection.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            DeploymentTargetDefinition definition = new(
                result.GetRequiredValue(name), await connection.ReadAsync(result, session, cancellationToken).ConfigureAwait(false), result.GetRequiredValue(environments), result.GetRequiredValue(tags))
            {
                Policy = result.GetValue(policy), Disabled = result.GetValue(disabled), BypassDeploymentMutex = result.GetValue(bypass), Tenants = tenants.Read(result, TargetTenants.None),
            };
            DeploymentTargetRecord target = await session.Store.PutTargetAsync(definition, mustBeNew: true, cancellationToken).ConfigureAwait(false);
            session.Printer.One(target, TargetJson.Write, $"Added deployment target '{target.Name}' ({target.Id}).");
            return ExitCodes.Success;
        }));
        return command;
    }
}
