namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>What a definitions file may grow to: enough for thousands of steps, too little for a file that is made to exhaust its reader.</summary>
internal static class YamlLimits
{
    /// <summary>Bytes of a definitions file, and of a script file.</summary>
    internal const int FileBytes = 16 * 1024 * 1024;

    /// <summary>Nodes of a file (scalars, lists, mappings), aliases written out.</summary>
    internal const int Nodes = 100_000;

    /// <summary>Characters of a file's texts, aliases written out.</summary>
    internal const int Characters = 64 * 1024 * 1024;

    /// <summary>Levels of nesting, aliases written out.</summary>
    internal const int Depth = 64;
}
