namespace OctoWorkers;

/// <summary>A file that was copied to or from a worker, and compared by its hash there and here.</summary>
/// <param name="WorkerName">The worker.</param>
/// <param name="Source">The file's path where it came from.</param>
/// <param name="Destination">Its path where it went.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Transferred">How many of them were sent this time: less than its length when an earlier transfer was gone on with, 0 when it was there already.</param>
/// <param name="Sha256">Its hash: 64 lower-case hexadecimal digits.</param>
public sealed record CopiedItem(string WorkerName, string Source, string Destination, long Length, long Transferred, string Sha256);
