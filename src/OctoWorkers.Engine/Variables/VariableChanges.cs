using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Variables;

/// <summary>Changes the values of a variable set or of a runbook, in one transaction: of two changes at once none is lost.</summary>
public static class VariableChanges
{
    /// <summary>Changes them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="set">Name of the variable set; null: the default one, unless a runbook is named.</param>
    /// <param name="runbook">Name of the runbook; null: a set is meant.</param>
    /// <param name="mayAdd">Whether a set that is not there is made.</param>
    /// <param name="change">Gives the values from then on, given whose they are in words and the values now; pure, since it may be called again.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whose values they are, in words.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.InvalidArgument"/> when both are named; <see cref="EngineError.RunbookNotFound"/>; <see cref="EngineError.VariableSetNotFound"/>.
    /// </exception>
    public static async Task<string> ApplyAsync(
        IDefinitionStore store,
        string? set,
        string? runbook,
        bool mayAdd,
        Func<string, IReadOnlyList<VariableDefinition>, IReadOnlyList<VariableDefinition>> change,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        if (set is not null && runbook is not null)
        {
            throw new OctoWorkersException(EngineError.InvalidArgument, $"Both the variable set '{set}' and the runbook '{runbook}' are named. Name one of them.", set);
        }

        string owner = "";
        await store.ChangeDefinitionsAsync(
            stored =>
            {
                if (runbook is not null)
                {
                    RunbookDefinition found = Named.Runbook(stored.Runbooks, runbook).Definition;
                    owner = $"runbook '{found.Name}'";
                    return new() { Runbooks = [found with { Variables = change(owner, found.Variables) }] };
                }

                string wanted = set ?? VariableSetDefinition.DefaultName;
                VariableSetDefinition? now = mayAdd
                    ? stored.VariableSets.FirstOrDefault(known => EntityName.Comparer.Equals(known.Definition.Name, wanted))?.Definition
                    : Named.VariableSet(stored.VariableSets, wanted).Definition;
                owner = $"variable set '{now?.Name ?? wanted}'{(now is null ? ", which is new" : "")}";
                return new()
                {
                    VariableSets = [new(now?.Name ?? wanted, change($"variable set '{now?.Name ?? wanted}'", now?.Variables ?? [])) { Description = now?.Description ?? "" }],
                };
            },
            at,
            cancellationToken).ConfigureAwait(false);
        return owner;
    }
}
