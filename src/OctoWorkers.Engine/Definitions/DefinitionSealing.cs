using OctoWorkers.Engine.Journal;
using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Definitions;

/// <summary>
/// Encrypts the secrets of definitions before they go anywhere. A secret that the store holds already, with the same scope, keeps its token, so that applying
/// the same files again changes nothing.
/// </summary>
public static class DefinitionSealing
{
    /// <summary>The same definitions without a secret in the clear.</summary>
    /// <param name="files">The definitions.</param>
    /// <param name="store">The store that they are for.</param>
    /// <param name="secrets">Encrypts and decrypts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/> when the key cannot be had.</exception>
    public static async Task<DefinitionSet> SealAsync(DefinitionSet files, IStore store, ISecretProtector secrets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(secrets);
        IEnumerable<VariableDefinition> all = files.Runbooks.SelectMany(runbook => runbook.Value.Variables)
            .Concat(files.VariableSets.SelectMany(set => set.Value.Variables));
        if (!all.Any(variable => variable.Kind == VariableKind.Sensitive))
        {
            return files;
        }

        IReadOnlyList<RunbookRecord> runbooks = await store.GetRunbooksAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<VariableSetRecord> sets = await store.GetVariableSetsAsync(cancellationToken).ConfigureAwait(false);
        return files with
        {
            Runbooks = [.. files.Runbooks.Select(runbook => runbook with { Value = runbook.Value with
            {
                Variables = Seal(
                    runbook.Value.Variables, runbooks.FirstOrDefault(stored => EntityName.Comparer.Equals(stored.Definition.Name, runbook.Value.Name))?.Definition.Variables, secrets),
            } })],
            VariableSets = [.. files.VariableSets.Select(set => set with { Value = new(
                set.Value.Name,
                Seal(set.Value.Variables, sets.FirstOrDefault(stored => EntityName.Comparer.Equals(stored.Definition.Name, set.Value.Name))?.Definition.Variables, secrets))
            {
                Description = set.Value.Description,
            } })],
        };
    }

    private static IReadOnlyList<VariableDefinition> Seal(
        IReadOnlyList<VariableDefinition> wanted, IReadOnlyList<VariableDefinition>? stored, ISecretProtector secrets)
    {
        ILookup<string, VariableDefinition> known = (stored ?? []).Where(variable => variable.Sealed is not null)
            .ToLookup(variable => variable.Name, EntityName.Comparer);
        return [.. wanted.Select(variable => variable.Seal(text => known[variable.Name]
            .Where(old => ScopeMatch.AreSame(old.Scope, variable.Scope) && Holds(old.Sealed!.Value, text, secrets))
            .Select(old => old.Sealed)
            .FirstOrDefault() ?? secrets.Seal(text)))];
    }

    // One that cannot be read any more is replaced.
    private static bool Holds(SealedText token, string text, ISecretProtector secrets)
    {
        try
        {
            return secrets.Open(token) == text;
        }
        catch (OctoWorkersException e) when (e.Error == EngineError.SecretUnreadable)
        {
            return false;
        }
    }
}
