using OctoWorkers.Engine.Variables;

namespace OctoWorkers.PowerShell.Cmdlets.RunbookVariable;

/// <summary>What a step of a run would see of one variable.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">The value with its templates evaluated; of a secret eight stars, also where one is put into it; null when values tie.</param>
/// <param name="Kind">What it is; null when values tie.</param>
/// <param name="Place">Where the value comes from, in words: <c>variable set 'Default'</c>; null when values tie.</param>
/// <param name="ScopeText">Where that applies, in words; null when values tie.</param>
/// <param name="Reason">Why it won; when values tie, which do.</param>
/// <param name="Others">The variable's other values; when values tie all of them.</param>
public sealed record ResolvedRunbookVariable(
    string Name, string? Value, VariableKind? Kind, string? Place, string? ScopeText, string Reason, IReadOnlyList<OutrankedRunbookValue> Others)
{
    private const string Masked = "********";

    /// <summary>Whether two values tie, so that no run could begin.</summary>
    public bool IsConflict => Kind is null;

    /// <summary>Its name: what it is where there is room for a word.</summary>
    public override string ToString() => Name;

    internal static ResolvedRunbookVariable Of(VariablePreview preview)
        => preview.Resolved is not { Winner: var winner } resolved ? new(preview.Name, null, null, null, null, preview.Conflict ?? "", Outranked(preview))
            : new(
                preview.Name, winner.Definition.Kind == VariableKind.Sensitive ? Masked : preview.Value ?? "", winner.Definition.Kind, winner.Place,
                VariableValues.Describe(winner.Definition.Scope), resolved.Reason, Outranked(preview));

    private static IReadOnlyList<OutrankedRunbookValue> Outranked(VariablePreview preview)
        => [.. preview.Others.Select(other => new OutrankedRunbookValue(
            other.Variable.Place, VariableValues.Describe(other.Variable.Definition.Scope), other.Applies, other.Reason))];
}
