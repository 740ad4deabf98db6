using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Variables;

/// <summary>How a scope stands to a place.</summary>
/// <param name="Rank">How specific it is; of two scopes that match, the one with the higher rank wins. It has a bit for each kind, the most specific one highest.</param>
/// <param name="Problem">Why it does not match, in words; null when it does.</param>
internal readonly record struct ScopeMatch(int Rank, string? Problem)
{
    internal bool Matches => Problem is null;

    /// <summary>Compares a scope with a place.</summary>
    internal static ScopeMatch Of(VariableScope scope, ScopeContext context)
    {
        int rank = 0;
        foreach (ScopeKind kind in ScopeKind.All)
        {
            IReadOnlyList<string> wanted = kind.Names(scope);
            rank <<= 1;
            if (wanted.Count > 0)
            {
                IReadOnlyList<string> here = kind.Here(context);
                if (!kind.Matches(wanted, here))
                {
                    return new(0, here.Count == 0
                        ? $"only for {kind.Describe(wanted)}, and here there is none"
                        : $"only for {kind.Describe(wanted)}, not for {string.Join(", ", here.Select(FoundText.Quote))}");
                }

                rank |= 1;
            }
        }

        return new(rank, null);
    }

    /// <summary>A scope in words: <c>environment 'Test', step 'Deploy'</c>, or <c>unscoped</c>.</summary>
    internal static string Describe(VariableScope scope)
    {
        string text = string.Join(", ", ScopeKind.All.Where(kind => kind.Names(scope).Count > 0).Select(kind => kind.Describe(kind.Names(scope))));
        return text.Length == 0 ? "unscoped" : text;
    }

    /// <summary>Whether two scopes say the same, in whatever order and case.</summary>
    internal static bool AreSame(VariableScope first, VariableScope second)
        => ScopeKind.All.All(kind => new HashSet<string>(kind.Names(first), EntityName.Comparer).SetEquals(kind.Names(second)));
}
