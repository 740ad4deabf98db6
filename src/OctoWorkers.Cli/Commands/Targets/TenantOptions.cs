using System.CommandLine;

namespace OctoWorkers.Cli.Commands.Targets;

/// <summary>The options that say which tenants a deployment target is for.</summary>
internal sealed class TenantOptions(string when)
{
    private readonly Option<string[]> tenants = new("--tenant") { Description = $"A tenant that it is {when}for; may be repeated.", HelpName = "NAME" };
    private readonly Option<string[]> tags = new("--tenant-tag") { Description = $"A tag of tenants that it is {when}for; may be repeated.", HelpName = "SET/TAG" };
    private readonly Option<string?> participation = new("--participation")
    {
        Description = "Which runs it takes part in: those for no tenant, those for its tenants, or both.", HelpName = EnumWord<TenantParticipation>.All,
    };

    private readonly Option<bool> none = new("--no-tenants") { Description = "It is for no tenant from now on: its tenants and tenant tags go." };

    internal IReadOnlyList<Option> All => [tenants, tags, participation, none];

    internal void AddTo(Command command, bool isChange)
    {
        command.Add(tenants);
        command.Add(tags);
        command.Add(participation);
        if (isChange)
        {
            command.Add(none);
        }
    }

    /// <summary>The tenants that a target is for when the options are followed.</summary>
    /// <exception cref="OctoWorkersException">They do not go together.</exception>
    internal TargetTenants Read(ParseResult result, TargetTenants now)
    {
        bool takesAway = result.GetResult(none) is not null && result.GetValue(none);
        string[]? names = result.GetValue(tenants) is { Length: > 0 } who ? who : null;
        TenantTag[]? which = result.GetValue(tags) is { Length: > 0 } words ? [.. words.Select(TenantTag.Parse)] : null;
        TenantParticipation? part = result.GetValue(participation) is { } word ? EnumWord<TenantParticipation>.Read(word, "participation") : null;
        return !takesAway ? now.With(part, names, which)
            : names is null && which is null && part is null or TenantParticipation.Untenanted ? TargetTenants.None
            : throw new OctoWorkersException(EngineError.InvalidArgument, "--no-tenants takes all tenants away; it does not go with --tenant, --tenant-tag or another participation.");
    }
}
