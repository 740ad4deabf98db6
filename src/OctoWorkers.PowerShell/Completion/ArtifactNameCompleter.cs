using System.Collections;
using OctoWorkers.Engine.Artifacts;
using OctoWorkers.PowerShell.Selection;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes the names of the artifacts of the run that was named before; without one, none.</summary>
public sealed class ArtifactNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override async Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(bound);
        if (RunIdTransformationAttribute.Find(bound["Id"]) is not { } run)
        {
            return [];
        }

        IReadOnlyList<RunArtifact> artifacts = RunArtifacts.Collected(run, await session.Store.GetEventsAsync(run, cancellationToken).ConfigureAwait(false));
        return [.. artifacts.DistinctBy(one => one.Name, EntityName.Comparer).Select(one => new Candidate(one.Name, $"{one.Length} bytes", one.Number))];
    }
}
