using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace OctoWorkers.PowerShell.Loading;

/// <summary>
/// The engine and its packages, apart from those of other modules: one context per process, since two copies of SQLite in one process drop each
/// other's file locks. What scripts see (the contracts) and what PowerShell brings (Newtonsoft.Json) stays in the default context.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    /// <summary>The folder of the engine's assemblies, below the module's own.</summary>
    internal const string FolderName = "engine";

    private static readonly Lazy<EngineLoadContext> OfProcess = new(() => new());

    private static readonly string[] Entries = ["OctoWorkers.Engine", "OctoWorkers.Runspaces", "OctoWorkers.Storage"];

    private static readonly string[] Shared = ["OctoWorkers.Contracts", "OctoWorkers.PowerShell", "Newtonsoft.Json", "System.Management.Automation"];

    private readonly string folder = Path.Combine(Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!, FolderName);

    private EngineLoadContext()
        : base("OctoWorkers")
    {
    }

    /// <summary>Answers the default context where the module's own assembly asks for the engine, and nobody else.</summary>
    internal static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
        => Entries.Contains(name.Name, StringComparer.Ordinal) ? OfProcess.Value.LoadFromAssemblyName(name) : null;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        string path = Path.Combine(folder, $"{assemblyName.Name}.dll");
        return !Shared.Contains(assemblyName.Name, StringComparer.Ordinal) && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        string system = OperatingSystem.IsMacOS() ? "osx" : "linux";
        string extension = OperatingSystem.IsMacOS() ? "dylib" : "so";
        string machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string path = Path.Combine(folder, "native", $"{system}-{machine}", $"lib{unmanagedDllName}.{extension}");
        return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
    }
}
