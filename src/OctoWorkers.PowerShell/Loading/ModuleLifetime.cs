using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.Loader;
using OctoWorkers.PowerShell.Jobs;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Loading;

/// <summary>What happens when a runspace imports the module, and when the last one removes it or is closed with it.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly Lock Gate = new();

    // How often each runspace has imported it: a runspace that closes takes all its imports back, and PowerShell does not say so.
    private static readonly Dictionary<Guid, int> Imports = [];

    /// <summary>Makes the engine's assemblies findable.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (Imports.Count == 0)
            {
                AssemblyLoadContext.Default.Resolving += EngineLoadContext.Resolve;
                AppDomain.CurrentDomain.ProcessExit += Leave;
            }

            Guid importer = CurrentRunspace();
            if (!Imports.TryGetValue(importer, out int times) && Runspace.DefaultRunspace is { } runspace)
            {
                runspace.StateChanged += OnStateChanged;
            }

            Imports[importer] = times + 1;
        }
    }

    /// <summary>Closes the store and the connections to workers, and takes back what <see cref="OnImport"/> did.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Gate)
        {
            Guid importer = CurrentRunspace();
            if (!Imports.TryGetValue(importer, out int times))
            {
                return;
            }

            if (times > 1)
            {
                Imports[importer] = times - 1;
                return;
            }

            if (Runspace.DefaultRunspace is { } runspace)
            {
                runspace.StateChanged -= OnStateChanged;
            }

            if (Imports.Count == 1)
            {
                // A job cannot go on without the module's code; on the way out of the process its run is left to the background driver.
                Task.Run(() => OpenJobs.StopAsync(null, "the module was removed")).GetAwaiter().GetResult();
            }

            Forget(importer);
        }
    }

    private static void OnStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (sender is Runspace runspace && e.RunspaceStateInfo.State is (RunspaceState.Closed or RunspaceState.Broken))
        {
            lock (Gate)
            {
                runspace.StateChanged -= OnStateChanged;
                Forget(runspace.InstanceId);
            }
        }
    }

    private static void Forget(Guid importer)
    {
        if (Imports.Remove(importer) && Imports.Count == 0)
        {
            AppDomain.CurrentDomain.ProcessExit -= Leave;
            OpenSessions.Close();
            AssemblyLoadContext.Default.Resolving -= EngineLoadContext.Resolve;
        }
    }

    private static Guid CurrentRunspace() => Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;

    private static void Leave(object? sender, EventArgs e) => OpenSessions.Close();
}
