using System.Collections;
using System.IO.Compression;
using System.Management.Automation;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>Modules of the caller's session that are taken along, as archives in memory.</summary>
internal static class CallerModules
{
    private const long Largest = 50L << 20;

    /// <summary>The modules of some names, as they are loaded in this session.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when one is not loaded, or is too large.</exception>
    internal static IReadOnlyList<Hashtable> Of(IEnumerable<string> names, SessionState caller)
    {
        PSModuleInfo[] loaded = [.. caller.InvokeCommand.InvokeScript(caller, ScriptBlock.Create("Get-Module")).Select(one => one.BaseObject).OfType<PSModuleInfo>()];
        List<Hashtable> modules = [];
        foreach (string name in names)
        {
            WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
            PSModuleInfo[] found = [.. loaded.Where(module => pattern.IsMatch(module.Name))];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                throw new OctoWorkersException(EngineError.InvalidArgument, $"-Module: this session has not loaded a module '{name}'. Import it first.", name);
            }

            modules.AddRange(found.Select(Packed));
        }

        return modules;
    }

    private static Hashtable Packed(PSModuleInfo module)
    {
        // One that was made in memory has its text for a path.
        if (module.Path is not { Length: > 0 } path || !File.Exists(path))
        {
            // With the braces of the script block that it was made of.
            string text = module.Definition.Trim();
            return new() { ["Name"] = module.Name, ["Text"] = text.StartsWith('{') && text.EndsWith('}') ? text[1..^1] : text };
        }

        // The manifest is not the path of a module that has a root module.
        string manifest = Path.Combine(module.ModuleBase, $"{module.Name}.psd1");
        string file = File.Exists(manifest) ? manifest : path;
        bool hasOwnFolder = File.Exists(manifest) || Path.GetFileName(module.ModuleBase).Equals(module.Name, StringComparison.OrdinalIgnoreCase);
        return new()
        {
            ["Name"] = module.Name,
            ["File"] = Path.GetFileName(file),
            ["Archive"] = Archive(module, hasOwnFolder ? Directory.EnumerateFiles(module.ModuleBase, "*", SearchOption.AllDirectories) : [path]),
        };
    }

    private static byte[] Archive(PSModuleInfo module, IEnumerable<string> files)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string file in files)
            {
                archive.CreateEntryFromFile(file, Path.GetRelativePath(module.ModuleBase, file).Replace('\\', '/'), CompressionLevel.Fastest);
                if (bytes.Length > Largest)
                {
                    throw new OctoWorkersException(
                        EngineError.InvalidArgument, $"-Module: '{module.Name}' has more than {Largest >> 20} MB. Copy it with Copy-WorkerItem once, and import it in the script block.", module.Name);
                }
            }
        }

        return bytes.ToArray();
    }
}
