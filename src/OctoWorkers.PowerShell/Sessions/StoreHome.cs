using OctoWorkers.Engine;

namespace OctoWorkers.PowerShell.Sessions;

/// <summary>Where the cmdlets' store is: <c>OCTOWORKERS_HOME</c>, else the user's data folder, as for the command <c>octoworkers</c>.</summary>
internal static class StoreHome
{
    internal static string Find() => HomeFolder.Find(null, Environment.GetEnvironmentVariable, hasOption: false);

    /// <summary>Whether a store that was opened in a folder is still there.</summary>
    internal static bool HasStore(string home) => File.Exists(Path.Combine(home, "octoworkers.db"));
}
