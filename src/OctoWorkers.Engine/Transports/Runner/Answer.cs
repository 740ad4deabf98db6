namespace OctoWorkers.Engine.Transports.Runner;

/// <summary>What a runner answered to a command.</summary>
/// <param name="Word">The first word.</param>
/// <param name="Rest">The others, still encoded.</param>
internal sealed record Answer(string Word, IReadOnlyList<string> Rest);
