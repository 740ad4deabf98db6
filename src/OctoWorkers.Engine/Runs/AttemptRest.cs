using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Engine.Runs;

/// <summary>What of an attempt's output is not stored yet when the attempt ends.</summary>
/// <param name="Events">What its service messages led to.</param>
/// <param name="Log">Its last lines.</param>
/// <param name="Cursor">Where the reading stands after them.</param>
internal sealed record AttemptRest(IReadOnlyList<RunEvent> Events, IReadOnlyList<LogChunk> Log, OutputCursor Cursor);
