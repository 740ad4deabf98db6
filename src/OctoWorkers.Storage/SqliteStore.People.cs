using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Tables;

namespace OctoWorkers.Storage;

/// <content>People: what runs wait for them for, and who did what.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Interruption>> GetInterruptionsAsync(InterruptionFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return readers.ReadAsync(session => InterruptionTable.All(session, filter), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Interruption> GetInterruptionAsync(InterruptionId id, CancellationToken cancellationToken)
        => readers.ReadAsync(session => InterruptionTable.Get(session, id), cancellationToken);

    /// <inheritdoc/>
    public Task<Interruption> TakeInterruptionAsync(InterruptionId id, Person by, bool force, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        return Define(session => InterruptionTable.Take(session, id, by, force, at), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Interruption> AnswerInterruptionAsync(InterruptionReply reply, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return Define(session => InterruptionTable.Answer(session, reply, at), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<InterruptionReply>> GetUnheardAnswersAsync(EngineId owner, CancellationToken cancellationToken)
        => readers.ReadAsync(session => InterruptionTable.Unheard(session, owner), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> GetAuditAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return readers.ReadAsync(session => AuditTable.Read(session, filter), cancellationToken);
    }
}
