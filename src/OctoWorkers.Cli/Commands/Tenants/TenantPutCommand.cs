using System.CommandLine;
using OctoWorkers.Engine.Definitions;
using OctoWorkers.Cli.Output.Json;

namespace OctoWorkers.Cli.Commands.Tenants;

/// <summary><c>octoworkers tenant add</c> and <c>octoworkers tenant set</c></summary>
internal static class TenantPutCommand
{
    internal static Command Create(CommandInvocation invocation, bool isNew)
    {
        Argument<string> name = new("NAME") { Description = "The tenant's name." };
        Option<string[]> tags = new("--tag")
        {
            Description = isNew ? "A tag it has, as Set/Tag; may be repeated." : "A tag it has from now on, as Set/Tag; may be repeated. Its other tags go.",
            HelpName = "SET/TAG",
        };
        Option<bool> noTags = new("--no-tags") { Description = "It has no tags from now on." };
        Option<string?> description = new("--description") { Description = "What it is.", HelpName = "TEXT" };
        Command command = new(isNew ? "add" : "set", isNew ? "Adds a tenant." : "Changes a tenant: what is given, and nothing else.") { name, tags, description };
        if (!isNew)
        {
            command.Add(noTags);
        }

        command.SetAction(invocation.WithEngine(async (session, result, cancellationToken) =>
        {
            TenantRecord? now = isNew ? null
                : Named.Tenant(await session.Store.GetTenantsAsync(cancellationToken).ConfigureAwait(false), result.GetRequiredValue(name));
            bool forgets = !isNew && result.GetValue(noTags);
            string[] given = result.GetValue(tags) ?? [];
            if (forgets && given.Length > 0)
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, "Give either --tag or --no-tags, not both.");
            }

            TenantDefinition wanted = new(now?.Name ?? result.GetRequiredValue(name))
            {
                Tags = given.Length > 0 || forgets ? [.. given.Select(TenantTag.Parse).Distinct()] : now?.Tags ?? [],
                Description = result.GetValue(description) ?? now?.Description ?? "",
            };
            TenantRecord tenant = await session.Store.PutTenantAsync(wanted, mustBeNew: isNew, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> lost = now is null ? [] : await session.Engine.GetLostTenantTagsAsync(now, cancellationToken).ConfigureAwait(false);
            session.Printer.One(tenant, TenantJson.Write, $"{(isNew ? "Added" : "Changed")} tenant '{tenant.Name}' ({tenant.Id}).");
            session.Printer.Notices(lost);
            return ExitCodes.Success;
        }));
        return command;
    }
}
