using System.CommandLine;
using OctoWorkers.Cli.Commands.Workers;
using OctoWorkers.Cli.Output.Json;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary><c>octoworkers target set</c></summary>
internal static class TargetSetCommand
{
    internal static Command Create(CommandInvocation invocation)
    {
        Argument<string> name = new("NAME") { Description = "The target's name." };
        Option<string[]> environments = new("--environment") { Description = "The environments it is in from now on; may be repeated.", HelpName = "NAME" };
        Option<string[]> tags = new("--tag") { Description = "The tags it has from now on; may be repeated.", HelpName = "TAG" };
        Option<string[]> added = new("--add-tag") { Description = "A tag it gets beside those it has; may be repeated.", HelpName = "TAG" };
        Option<string[]> removed = new("--remove-tag") { Description = "A tag it loses; may be repeated.", HelpName = "TAG" };
        Option<string?> policy = new("--policy") { Description = "Its machine policy.", HelpName = "POLICY" };
        Option<bool?> bypass = new("--bypass-deployment-mutex") { Description = "Whether steps share it, where OctopusBypassDeploymentMutex says nothing.", HelpName = "true|false" };
        TenantOptions tenants = new("from now on ");
        ConnectionOptions connection = new();
        Command command = new("set", "Changes a deployment target. What is not given stays; a changed connection or policy forgets its health.")
        {
            name, environments, tags, added, removed, policy, bypass,
        };
        tenants.AddTo(command, isChange: true);
        connection.AddTo(command);
        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            GivenChange.Require(result, [environments, tags, added, removed, policy, bypass, .. tenants.All, .. connection.All]);
            IReadOnlyList<DeploymentTargetRecord> all = await session.Store.GetTargetsAsync(cancellationToken).ConfigureAwait(false);
            DeploymentTargetRecord now = Named.Target(all, result.GetRequiredValue(name));
            string[] lost = result.GetValue(removed) ?? [];
            if (lost.FirstOrDefault(tag => !now.Tags.Contains(tag, EntityName.Comparer)) is { } stray)
            {
                throw new OctoWorkersException(
                    EngineError.InvalidArgument, $"Deployment target '{now.Name}' has no tag '{stray}'; it has {string.Join(", ", now.Tags.Select(tag => $"'{tag}'"))}.", stray);
            }

            IEnumerable<string> then = (result.GetValue(tags) is { Length: > 0 } given ? given : now.Tags)
                .Concat(result.GetValue(added) ?? []).Where(tag => !lost.Contains(tag, EntityName.Comparer));
            WorkerConnection reached = await connection.ChangeAsync(result, now.Connection, session, cancellationToken).ConfigureAwait(false);
            DeploymentTargetDefinition definition = new(
                now.Name, reached, result.GetValue(environments) is { Length: > 0 } places ? places : now.Environments, then)
            {
                Policy = result.GetValue(policy) ?? now.Policy,
                Disabled = now.Disabled,
                BypassDeploymentMutex = result.GetValue(bypass) ?? now.BypassDeploymentMutex,
                Tenants = tenants.Read(result, now.Tenants),
            };
            DeploymentTargetRecord target = await session.Store.PutTargetAsync(definition, mustBeNew: false, cancellationToken).ConfigureAwait(false);
            session.Printer.One(target, TargetJson.Write, $"Changed deployment target '{target.Name}'.");
            return ExitCodes.Success;
        }));
        return command;
    }
}
