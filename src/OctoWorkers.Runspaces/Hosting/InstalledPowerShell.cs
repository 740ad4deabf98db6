using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Runspaces.Hosting;

/// <summary>
/// The PowerShell whose engine this process uses: the one that runs it, or the one that is installed. Nothing that touches types of PowerShell may be called before
/// <see cref="Require"/> has returned.
/// </summary>
public static class InstalledPowerShell
{
    private const string Engine = "System.Management.Automation";
    private static readonly Lock Gate = new();
    private static bool s_isThere;
    private static string? s_folder;

    /// <summary>Makes PowerShell's engine findable.</summary>
    /// <param name="worker">The worker that needs it, for the message.</param>
    /// <param name="connection">How it is reached, for the remedy; null: nobody says.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.UnsupportedPlatform"/>: there is no PowerShell on this machine.</exception>
    public static void Require(MachineName worker, PowerShellConnection? connection = null)
    {
        lock (Gate)
        {
            if (s_isThere)
            {
                return;
            }

            if (AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == Engine))
            {
                s_isThere = true;
                return;
            }

            s_folder = Find() ?? throw new OctoWorkersException(
                EngineError.UnsupportedPlatform,
                $"{worker} {Missing(connection)}", worker.Name);
            AssemblyLoadContext.Default.Resolving += Resolve;
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += ResolveNative;
            try
            {
                Assembly.Load(Engine);
            }
            catch (Exception failure) when (failure is IOException or BadImageFormatException)
            {
                throw new OctoWorkersException(
                    EngineError.UnsupportedPlatform, $"{worker} needs the PowerShell in '{s_folder}', which cannot be used by this program: {failure.Message}", worker.Name, failure);
            }

            s_isThere = true;
        }
    }

    /// <summary>What is missing here, and what to do about it: a sentence that the worker begins, and what follows it.</summary>
    internal static string Missing(PowerShellConnection? connection)
    {
        string use = connection?.Via is LocalConnection ? "runs its steps in PowerShell sessions of this machine" : "is reached through PowerShell remoting";
        string otherwise = connection?.Via switch
        {
            LocalConnection => " Or add the worker without PowerShell sessions: its steps run in a POSIX shell then, and in what else is installed.",
            SshConnection => " Or reach it by 'ssh' without sessions: its own pwsh runs PowerShell scripts then.",
            _ => "",
        };
        return $"{use}, and there is no PowerShell 7 on the PATH of this machine to do that with. Install one, or put the folder of its 'pwsh' on the PATH.{otherwise}";
    }

    private static string? Find()
    {
        string program = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            FileInfo file = new(Path.Combine(folder, program));
            if (file.Exists && Path.GetDirectoryName((file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName) is { } home
                && File.Exists(Path.Combine(home, $"{Engine}.dll")))
            {
                return home;
            }
        }

        return null;
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        string path = Path.Combine(s_folder!, $"{name.Name}.dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }

    private static IntPtr ResolveNative(Assembly assembly, string name)
    {
        string[] candidates = [name, $"{name}.so", $"lib{name}.so", $"lib{name}.dylib", $"{name}.dll"];
        return candidates.Select(candidate => Path.Combine(s_folder!, candidate)).FirstOrDefault(File.Exists) is { } path && NativeLibrary.TryLoad(path, out IntPtr library)
            ? library
            : IntPtr.Zero;
    }
}
