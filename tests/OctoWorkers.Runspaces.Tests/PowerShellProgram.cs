namespace OctoWorkers.Runspaces.Tests;

/// <summary>The PowerShell of this machine.</summary>
internal static class PowerShellProgram
{
    /// <summary>Its path; null: there is none.</summary>
    internal static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => System.IO.Path.Combine(folder, "pwsh")).FirstOrDefault(File.Exists);
}
