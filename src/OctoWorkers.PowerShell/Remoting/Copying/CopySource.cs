namespace OctoWorkers.PowerShell.Remoting.Copying;

/// <summary>What is to be copied.</summary>
/// <param name="Path">The path, or a pattern.</param>
/// <param name="IsLiteral">Whether it is a path as it stands, whatever characters are in it.</param>
public sealed record CopySource(string Path, bool IsLiteral);
