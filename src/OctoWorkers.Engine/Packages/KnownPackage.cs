namespace OctoWorkers.Engine.Packages;

/// <summary>What the bytes of a package were when they were last looked at. A file of the same size and time is not read again.</summary>
/// <param name="Hash">Their SHA-256 in lower-case hexadecimal digits.</param>
/// <param name="Size">How many there were.</param>
/// <param name="Modified">When the file had been written.</param>
public sealed record KnownPackage(string Hash, long Size, DateTimeOffset Modified);
