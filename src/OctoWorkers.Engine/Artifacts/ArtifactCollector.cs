using OctoWorkers.Engine.Secrets;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Artifacts;

/// <summary>
/// Brings the artifacts that an attempt announced from its worker: after its exit and before its end is stored, while the worker still has its working directory.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="secrets">Opens the paths.</param>
/// <param name="time">The clock.</param>
public sealed class ArtifactCollector(IArtifactStore store, ISecretProtector secrets, TimeProvider time)
{
    /// <summary>
    /// Collects what was announced and not collected yet, in order. An artifact that cannot be had is no failure of the step: the fact says why, and
    /// belongs as a warning into the attempt's log. Collecting twice is harmless.
    /// </summary>
    /// <param name="channel">An open channel to the worker, on which the run was entered.</param>
    /// <param name="run">The run.</param>
    /// <param name="ticket">The attempt's ticket.</param>
    /// <param name="announced">The attempt's announcements.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A fact for each announcement, to be stored.</returns>
    /// <exception cref="OctoWorkersException">
    /// <see cref="EngineError.WorkerUnavailable"/> when the connection broke: to be repeated over another one; <see cref="EngineError.StoreUnavailable"/> when an
    /// artifact cannot be stored.
    /// </exception>
    public async Task<IReadOnlyList<ArtifactCollected>> CollectAsync(
        IWorkerChannel channel, RunId run, string ticket, IReadOnlyList<ArtifactAnnounced> announced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(announced);
        List<ArtifactCollected> collected = [];
        foreach (ArtifactAnnounced artifact in announced)
        {
            (long? length, string? error) = await CollectAsync(channel, run, ticket, artifact, cancellationToken).ConfigureAwait(false);
            collected.Add(new(artifact.Step, artifact.Attempt, artifact.Number, length, error) { At = time.GetUtcNow() });
        }

        return collected;
    }

    private async Task<(long? Length, string? Error)> CollectAsync(
        IWorkerChannel channel, RunId run, string ticket, ArtifactAnnounced artifact, CancellationToken cancellationToken)
    {
        try
        {
            string path = secrets.Open(artifact.Path);
            IAsyncEnumerable<ReadOnlyMemory<byte>> pieces = channel.ReadFileAsync(run.ToString(), ticket, path, cancellationToken);
            return (await store.WriteAsync(run, artifact.Number, pieces, cancellationToken).ConfigureAwait(false), null);
        }
        catch (OctoWorkersException e) when (Why(e.Error) is { } why)
        {
            // The path may hold a secret; the name was masked.
            return (null, $"The artifact '{artifact.Name}' was not collected: {why}.");
        }
    }

    private static string? Why(EngineError error) => error switch
    {
        EngineError.ArtifactNotFound => "there is no such file on the worker",
        EngineError.InvalidArgument => "it is not a regular file, or the worker's user cannot read it",
        EngineError.OutcomeUnknown => "the worker no longer knows the attempt",
        EngineError.SecretUnreadable => "its path cannot be decrypted",
        _ => null,
    };
}
