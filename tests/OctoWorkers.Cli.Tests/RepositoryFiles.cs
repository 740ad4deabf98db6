namespace OctoWorkers.Cli.Tests;

/// <summary>The files of the repository that these tests were built from.</summary>
internal static class RepositoryFiles
{
    internal static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root(), .. path]));

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
