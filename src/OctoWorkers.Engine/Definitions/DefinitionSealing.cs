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
    /// <param name="stored">What the store holds that they are for.</param>
    /// <param name="secrets">Encrypts and decrypts.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.SecretUnreadable"/> when the key cannot be had.</exception>
    public static DefinitionSet Seal(DefinitionSet files, StoredDefinitions stored, ISecretProtector secrets)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(secrets);
        IEnumerable<VariableDefinition> all = files.Runbooks.SelectMany(runbook => runbook.Value.Variables)
            .Concat(files.VariableSets.SelectMany(set => set.Value.Variables));
        if (!all.Any(variable => variable.Kind == VariableKind.Sensitive) && files.Workers.Select(worker => worker.Value.Connection)
                .Concat(files.Targets.Select(target => target.Value.Connection)).All(connection => ClearPassword(connection) is null))
        {
            return files;
        }

        return files with
        {
            Workers = [.. files.Workers.Select(worker => worker with { Value = worker.Value with { Connection = Seal(
                worker.Value.Connection, stored.Workers.FirstOrDefault(known => EntityName.Comparer.Equals(known.Name, worker.Value.Name))?.Connection, secrets) } })],
            Targets = [.. files.Targets.Select(target => target with { Value = target.Value with { Connection = Seal(
                target.Value.Connection, stored.Targets.FirstOrDefault(known => EntityName.Comparer.Equals(known.Name, target.Value.Name))?.Connection, secrets) } })],
            Runbooks = [.. files.Runbooks.Select(runbook => runbook with { Value = runbook.Value with
            {
                Variables = Seal(
                    runbook.Value.Variables, stored.Runbooks.FirstOrDefault(known => EntityName.Comparer.Equals(known.Definition.Name, runbook.Value.Name))?.Definition.Variables, secrets),
            } })],
            VariableSets = [.. files.VariableSets.Select(set => set with { Value = new(
                set.Value.Name,
                Seal(set.Value.Variables, stored.VariableSets.FirstOrDefault(known => EntityName.Comparer.Equals(known.Definition.Name, set.Value.Name))?.Definition.Variables, secrets))
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

    private static string? ClearPassword(WorkerConnection connection) => connection is PowerShellConnection { Via: WinRmConnection winRm } ? winRm.ClearPassword : null;

    private static WorkerConnection Seal(WorkerConnection wanted, WorkerConnection? stored, ISecretProtector secrets)
    {
        SealedText? known = stored is PowerShellConnection { Via: WinRmConnection winRm } ? winRm.Password : null;
        return wanted is not PowerShellConnection connection ? wanted
            : connection.Seal(text => known is { } token && Holds(token, text, secrets) ? token : secrets.Seal(text));
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
