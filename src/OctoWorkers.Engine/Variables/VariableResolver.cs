using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Variables;

/// <summary>
/// Finds the values that apply somewhere, and says why (semantics, section 5). Pure, and the order of the values does not matter. What was given on the run wins,
/// then what steps have set; then values of the runbook and of variable sets compete by scope, and only where scopes rank the same the runbook's
/// wins; the engine's own come last.
/// </summary>
public static class VariableResolver
{
    /// <summary>Resolves every variable that has a value there.</summary>
    /// <param name="values">All values.</param>
    /// <param name="context">Where.</param>
    /// <returns>One for each variable, by name.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/> when two values tie: it names both.</exception>
    public static IReadOnlyList<ResolvedVariable> Resolve(IEnumerable<SourcedVariable> values, ScopeContext context)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(context);
        return [.. values
            .GroupBy(value => value.Definition.Name, EntityName.Comparer)
            .OrderBy(variable => variable.Key, EntityName.Comparer)
            .Select(variable => ResolveOne(variable, context))
            .OfType<ResolvedVariable>()];
    }

    /// <summary>Resolves every variable that has a value there, also when values of others tie.</summary>
    /// <param name="values">All values.</param>
    /// <param name="context">Where.</param>
    /// <returns>One for each variable, by name: its value, or the <see cref="EngineError.VariableConflict"/> that names the values which tie.</returns>
    internal static IReadOnlyList<VariableResolution> ResolveEach(IEnumerable<SourcedVariable> values, ScopeContext context)
        => [.. values
            .GroupBy(value => value.Definition.Name, EntityName.Comparer)
            .OrderBy(variable => variable.Key, EntityName.Comparer)
            .Select(variable => Resolution(variable, context))
            .Where(variable => variable.Resolved is not null || variable.Tie is not null)];

    /// <summary>Resolves one variable.</summary>
    /// <param name="values">All its values, and nothing else.</param>
    /// <param name="context">Where.</param>
    /// <returns>Null when none applies.</returns>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableConflict"/> when two values tie: it names both.</exception>
    public static ResolvedVariable? ResolveOne(IEnumerable<SourcedVariable> values, ScopeContext context)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(context);
        VariableResolution found = Resolution(values, context);
        return found.Tie is null ? found.Resolved : throw found.Tie;
    }

    private static VariableResolution Resolution(IEnumerable<SourcedVariable> values, ScopeContext context)
    {
        List<Candidate> candidates = [.. values.Select(value => new Candidate(value, ScopeMatch.Of(value.Definition.Scope, context)))];
        if (candidates is [{ Match.Matches: true } only])
        {
            return Won(only.Value, Alone(only.Value), []);
        }

        List<Candidate> ordered = [.. candidates.Where(candidate => candidate.Match.Matches).OrderBy(candidate => candidate, Candidate.ByStrength)];
        if (ordered.Count == 0)
        {
            return default;
        }

        Candidate winner = ordered[0];
        bool isTied = ordered.Count > 1 && Candidate.Compare(winner, ordered[1]) == 0;
        OutrankedVariable[] others =
        [
            .. ordered.Skip(isTied ? 0 : 1).Select(loser => new OutrankedVariable(loser.Value, true, isTied && Candidate.Compare(winner, loser) == 0 ? "it ties" : Lost(winner, loser))),
            .. candidates.Where(candidate => !candidate.Match.Matches)
                .OrderBy(candidate => candidate.Text, StringComparer.Ordinal)
                .Select(candidate => new OutrankedVariable(candidate.Value, false, candidate.Match.Problem!)),
        ];
        return isTied ? new(winner.Value.Definition.Name, null, Conflict(ordered.TakeWhile(candidate => Candidate.Compare(winner, candidate) == 0)), others)
            : Won(winner.Value, ordered.Count == 1 ? Alone(winner.Value) : Won(winner, ordered[1]), others);
    }

    private static VariableResolution Won(SourcedVariable winner, string reason, IReadOnlyList<OutrankedVariable> others)
        => new(winner.Definition.Name, new(winner, reason, others), null, others);

    private static string Alone(SourcedVariable winner)
        => IsDefined(winner) ? $"the only value that applies: {ScopeMatch.Describe(winner.Definition.Scope)}" : Source(winner);

    private static string Won(Candidate winner, Candidate next)
        => !IsDefined(winner.Value) ? Source(winner.Value)
            : !IsDefined(next.Value) ? $"{ScopeMatch.Describe(winner.Value.Definition.Scope)}; it wins over the engine's own value"
            : winner.Match.Rank == next.Match.Rank ? $"{ScopeMatch.Describe(winner.Value.Definition.Scope)}; of the same rank, and the runbook's value wins over a variable set's"
            : $"{ScopeMatch.Describe(winner.Value.Definition.Scope)}; {Deciding(winner, next)} is more specific than {Deciding(next, winner)}";

    private static string Lost(Candidate winner, Candidate loser)
        => !IsDefined(winner.Value) ? $"{Source(winner.Value)}: that wins"
            : !IsDefined(loser.Value) ? "the engine's own value comes last"
            : winner.Match.Rank == loser.Match.Rank ? "of the same rank, and the runbook's value wins"
            : $"{Deciding(loser, winner)} is less specific than {Deciding(winner, loser)}";

    // The most specific kind that only this one of the two is scoped to.
    private static string Deciding(Candidate one, Candidate other)
    {
        for (int i = 0; i < ScopeKind.All.Count; i++)
        {
            int bit = 1 << (ScopeKind.All.Count - 1 - i);
            if ((one.Match.Rank & bit) > (other.Match.Rank & bit))
            {
                return $"a scope by {ScopeKind.All[i].Word}";
            }
        }

        return one.Match.Rank == 0 ? "an unscoped value" : "one without";
    }

    private static bool IsDefined(SourcedVariable value) => value.Source is VariableSource.Runbook or VariableSource.VariableSet;

    private static string Source(SourcedVariable value) => value.Source switch
    {
        VariableSource.Given => "given on the run",
        VariableSource.Output => $"set by {value.Place}",
        _ => "the engine's own value",
    };

    private static OctoWorkersException Conflict(IEnumerable<Candidate> tied)
    {
        Candidate[] values = [.. tied];
        string name = values[0].Value.Definition.Name;
        return new(
            EngineError.VariableConflict,
            $"Variable {FoundText.Quote(name)} has {(values.Length == 2 ? "two" : $"{values.Length}")} values that apply, and none is more specific: "
                + $"{string.Join("; ", values.Select(value => $"one of {value.Text}"))}. Scope one of them more narrowly, or remove it.",
            name);
    }

    private readonly record struct Candidate(SourcedVariable Value, ScopeMatch Match)
    {
        // Which words an equal strength is listed by does not depend on the order of the values.
        internal static Comparer<Candidate> ByStrength { get; } = Comparer<Candidate>.Create(
            (x, y) => Compare(x, y) is var strength and not 0 ? strength : string.CompareOrdinal(x.Text, y.Text));

        internal string Text => $"{Value.Place} ({ScopeMatch.Describe(Value.Definition.Scope)})";

        /// <summary>Negative when the first is the stronger one; 0: a tie.</summary>
        internal static int Compare(Candidate first, Candidate second)
        {
            int tiers = Tier(first.Value.Source).CompareTo(Tier(second.Value.Source));
            int ranks = second.Match.Rank.CompareTo(first.Match.Rank);
            return tiers != 0 ? tiers : ranks != 0 ? ranks : first.Value.Source.CompareTo(second.Value.Source);
        }

        private static int Tier(VariableSource source) => source switch
        {
            VariableSource.Given => 0,
            VariableSource.Output => 1,
            VariableSource.System => 3,
            _ => 2,
        };
    }
}
