using System.Text;

namespace OctoWorkers.Engine.Scripts;

/// <summary>The helpers' programs: resources of this assembly.</summary>
internal static class ScriptResource
{
    /// <summary>All programs of a folder, joined in the order of their names, without indentation where that means nothing and without comment lines.</summary>
    /// <param name="folder">The folder's name.</param>
    /// <param name="keepIndentation">Whether indentation means something.</param>
    internal static string Read(string folder, bool keepIndentation = false)
    {
        string prefix = $"scripts/{folder}/";
        StringBuilder joined = new();
        foreach (string name in typeof(ScriptResource).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(typeof(ScriptResource).Assembly.GetManifestResourceStream(name)!);
            foreach (string line in reader.ReadToEnd().Split('\n'))
            {
                string bare = line.Trim();
                if (bare.Length > 0 && bare[0] != '#')
                {
                    joined.Append(keepIndentation ? line.TrimEnd() : bare).Append('\n');
                }
            }
        }

        return joined.ToString();
    }
}
