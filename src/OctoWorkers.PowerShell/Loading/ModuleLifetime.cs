using System.Management.Automation;
using System.Runtime.Loader;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Loading;

/// <summary>What happens when a runspace imports the module, and when the last one removes it.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly Lock Gate = new();
    private static int imports;

    /// <summary>Makes the engine's assemblies findable.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (imports++ == 0)
            {
                AssemblyLoadContext.Default.Resolving += EngineLoadContext.Resolve;
                AppDomain.CurrentDomain.ProcessExit += Leave;
            }
        }
    }

    /// <summary>Closes the store and the connections to workers, and takes back what <see cref="OnImport"/> did.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Gate)
        {
            if (--imports == 0)
            {
                AppDomain.CurrentDomain.ProcessExit -= Leave;
                OpenSessions.Close();
                AssemblyLoadContext.Default.Resolving -= EngineLoadContext.Resolve;
            }
        }
    }

    private static void Leave(object? sender, EventArgs e) => OpenSessions.Close();
}
