using System.Collections;
using OctoWorkers.Runspaces.Transports;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>How the results of a pipeline on a worker are taken that may have many: the worker waits while they are not.</summary>
/// <param name="Mark">A result that is none: what it stands between. Nobody on the worker can know it before.</param>
/// <param name="UsingValues">The values of the script's <c>$using:</c> expressions; null: there are none.</param>
/// <param name="Session">Makes the worker wait; null: the script has to ask its host from time to time, with the mark for a caption.</param>
/// <param name="Largest">How large a result may be, in bytes; null: as large as it likes.</param>
internal sealed record PipelineReading(string Mark, IDictionary? UsingValues, SessionFlow? Session, int? Largest)
{
    /// <summary>Whether the session counts what comes.</summary>
    internal bool IsWeighed => Session is not null;

    /// <summary>Begins to count what comes.</summary>
    internal PipelineFlow Watch(Guid pipeline) => Session?.Watch(pipeline, Largest) ?? new(pipeline, Largest);
}
