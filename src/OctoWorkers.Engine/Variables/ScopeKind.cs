using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Variables;

/// <summary>One kind of scope: how it is written, and when it matches.</summary>
/// <param name="Word">The kind in words: "tenant tag".</param>
/// <param name="Names">What a scope says of the kind; empty: nothing.</param>
/// <param name="Here">What there is of the kind where values are asked for.</param>
/// <param name="Matches">Whether what a scope says holds there.</param>
internal sealed record ScopeKind(
    string Word,
    Func<VariableScope, IReadOnlyList<string>> Names,
    Func<ScopeContext, IReadOnlyList<string>> Here,
    Func<IReadOnlyList<string>, IReadOnlyList<string>, bool> Matches)
{
    /// <summary>All kinds, the most specific one first (semantics, section 5).</summary>
    internal static IReadOnlyList<ScopeKind> All { get; } =
    [
        new("step", scope => scope.Steps, here => One(here.Step), AnyOf),
        new("machine", scope => scope.Machines, here => One(here.Machine), AnyOf),
        new("target tag", scope => scope.TargetTags, here => here.TargetTags, AnyOf),
        new("tenant", scope => scope.Tenants, here => One(here.Tenant), AnyOf),
        new("tenant tag", scope => scope.TenantTags, here => [.. here.TenantTags.Select(tag => tag.ToString())], AnyOfEachSet),
        new("environment", scope => scope.Environments, here => One(here.Environment), AnyOf),
        new("runbook", scope => scope.Runbooks, here => One(here.Runbook), AnyOf),
    ];

    /// <summary>The kind with names: <c>environment 'Test' or 'Production'</c>.</summary>
    internal string Describe(IEnumerable<string> names) => $"{Word} {string.Join(" or ", names.Select(FoundText.Quote))}";

    private static string[] One(string? name) => name is null ? [] : [name];

    private static bool AnyOf(IReadOnlyList<string> wanted, IReadOnlyList<string> here) => wanted.Any(name => here.Contains(name, EntityName.Comparer));

    private static bool AnyOfEachSet(IReadOnlyList<string> wanted, IReadOnlyList<string> here)
        => wanted.GroupBy(SetOf, EntityName.Comparer).All(set => set.Any(tag => here.Contains(tag, EntityName.Comparer)));

    private static string SetOf(string tag) => tag[..Math.Max(0, tag.IndexOf('/', StringComparison.Ordinal))];
}
