namespace OctoWorkers.Storage.Backups;

/// <summary>A file in a backup, as it was when it was written.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal digits.</param>
internal sealed record BackupFile(string Name, long Length, string Sha256);
