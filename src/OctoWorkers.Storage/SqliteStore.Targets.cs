using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <content>Deployment targets.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<DeploymentTargetRecord>> GetTargetsAsync(CancellationToken cancellationToken)
        => readers.ReadAsync(TargetTable.All, cancellationToken);

    /// <inheritdoc/>
    public Task<DeploymentTargetRecord> PutTargetAsync(DeploymentTargetDefinition target, bool mustBeNew, CancellationToken cancellationToken)
        => Define(
            session => audit.Put(session, DefinitionKind.Target, target.Name, null, () => TargetTable.Put(session, target, mustBeNew)), cancellationToken);

    /// <inheritdoc/>
    public Task<DeploymentTargetRecord> SetTargetDisabledAsync(string name, bool disabled, CancellationToken cancellationToken)
        => Define(
            session =>
            {
                DeploymentTargetRecord changed = TargetTable.SetDisabled(session, name, disabled);
                audit.Note(session, AuditAction.TargetStateChanged, $"deployment target '{changed.Name}'", null, disabled ? "to disabled" : "to enabled");
                return changed;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveTargetAsync(string name, CancellationToken cancellationToken)
        => Remove(DefinitionKind.Target, name, TargetTable.Remove, cancellationToken);
}
