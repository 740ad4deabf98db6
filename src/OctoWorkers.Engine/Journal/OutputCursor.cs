using OctoWorkers.Engine.Logs;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Journal;

/// <summary>
/// Where the reading of an attempt's output stands: stored in one transaction with the lines read. Nothing of an unfinished line is in it, since that may be
/// half a secret: whoever goes on reads the line from its beginning.
/// </summary>
/// <param name="Step">Number of the step.</param>
/// <param name="Attempt">Number of the attempt.</param>
/// <param name="Offsets">Where in each stream the text that is not stored begins.</param>
/// <param name="NextLine">The number of the attempt's next line, from 1.</param>
/// <param name="Out">What to begin with there in the standard output.</param>
/// <param name="Error">What to begin with there in the standard error.</param>
public sealed record OutputCursor(int Step, int Attempt, OutputOffsets Offsets, long NextLine, StreamState Out, StreamState Error);
