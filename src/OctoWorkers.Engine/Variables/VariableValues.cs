using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.Engine.Variables;

/// <summary>Changes the values of a variable set or runbook one by one. A value is told apart by its name and its scope.</summary>
public static class VariableValues
{
    /// <summary>Adds a value, or replaces the one of the same name and scope, in place.</summary>
    /// <param name="values">The values now.</param>
    /// <param name="value">The value to be.</param>
    public static IReadOnlyList<VariableDefinition> With(IReadOnlyList<VariableDefinition> values, VariableDefinition value)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(value);
        bool replaces = values.Any(other => IsSame(other, value.Name, value.Scope));
        return replaces ? [.. values.Select(other => IsSame(other, value.Name, value.Scope) ? value : other)] : [.. values, value];
    }

    /// <summary>Removes values of a variable.</summary>
    /// <param name="values">The values now.</param>
    /// <param name="name">The variable's name.</param>
    /// <param name="scope">The scope of the value to remove; null: all values of the variable.</param>
    /// <param name="owner">Whose values these are, for the message.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.VariableNotFound"/>: it names what scopes there are, or the nearest name.</exception>
    public static IReadOnlyList<VariableDefinition> Without(IReadOnlyList<VariableDefinition> values, string name, VariableScope? scope, string owner)
    {
        ArgumentNullException.ThrowIfNull(values);
        VariableDefinition[] named = [.. values.Where(value => EntityName.Comparer.Equals(value.Name, name))];
        if (named.Length == 0)
        {
            string hint = NearestWord.Hint(name, values.Select(value => value.Name));
            throw new OctoWorkersException(
                EngineError.VariableNotFound, $"There is no variable {FoundText.Quote(name)} in {owner}{(hint.Length == 0 ? "." : hint)}", name);
        }

        VariableDefinition[] gone = scope is null ? named : [.. named.Where(value => ScopeMatch.AreSame(value.Scope, scope))];
        return gone.Length > 0
            ? [.. values.Where(value => !gone.Any(one => ReferenceEquals(one, value)))]
            : throw new OctoWorkersException(
                EngineError.VariableNotFound,
                $"Variable {FoundText.Quote(name)} has no value in {owner} for: {ScopeMatch.Describe(scope!)}. It has: "
                    + $"{string.Join("; ", named.Select(value => ScopeMatch.Describe(value.Scope)))}.",
                name);
    }

    /// <summary>A scope in words: <c>environment 'Test'</c>, or <c>unscoped</c>.</summary>
    /// <param name="scope">The scope.</param>
    public static string Describe(VariableScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return ScopeMatch.Describe(scope);
    }

    /// <summary>Checks that everything a scope names exists.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="names">What exists.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.EnvironmentNotFound"/>, <see cref="EngineError.TenantNotFound"/> and kin: it names the nearest.</exception>
    public static void RequireScope(VariableScope scope, KnownNames names)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(names);
        Require(scope.Environments, names.Environments, "environment", EngineError.EnvironmentNotFound);
        Require(scope.Tenants, names.Tenants, "tenant", EngineError.TenantNotFound);
        Require(scope.TenantTags, names.TenantTags, "tenant tag", EngineError.InvalidArgument);
        Require(scope.Machines, names.Machines, "worker", EngineError.WorkerNotFound);
        Require(scope.Runbooks, names.Runbooks, "runbook", EngineError.RunbookNotFound);
        Require(scope.Steps, names.Steps, "step", EngineError.StepNotFound);
    }

    private static bool IsSame(VariableDefinition value, string name, VariableScope scope)
        => EntityName.Comparer.Equals(value.Name, name) && ScopeMatch.AreSame(value.Scope, scope);

    private static void Require(IEnumerable<string> wanted, IReadOnlyCollection<string> known, string kind, EngineError error)
    {
        if (wanted.FirstOrDefault(name => !known.Contains(name, EntityName.Comparer)) is { } missing)
        {
            string hint = NearestWord.Hint(missing, known);
            throw new OctoWorkersException(error, $"There is no {kind} named {FoundText.Quote(missing)}{(hint.Length == 0 ? "." : hint)}", missing);
        }
    }
}
