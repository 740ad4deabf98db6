namespace OctoWorkers.Engine.Scripts;

/// <summary>What a PowerShell script finds wherever it runs.</summary>
public static class PowerShellPrelude
{
    /// <summary>
    /// Defines the helpers, and <c>Import-OctopusRecord</c>, which makes what a script can see of the records of <see cref="Transports.AttemptStart.Input"/> and returns the script. Whoever runs
    /// it defines <c>Write-OctopusLine</c>, through which lines for the engine leave.
    /// </summary>
    public static string Text { get; } = ScriptResource.Read("powershell");
}
