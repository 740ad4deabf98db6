using System.Runtime.InteropServices;
using OctoWorkers.Engine.Journal;

namespace OctoWorkers.Cli.Native;

/// <summary>
/// The command that is not compiled to machine code, in the folder above this one's, where it is there. It can load PowerShell, and takes over what may need that:
/// as this process, with the same arguments, before anything was done.
/// </summary>
internal static class ManagedProgram
{
    private const int BrokenPipeSignal = 13;

    // What touches no worker, or only those that were in the store when it began.
    private static readonly string[] OwnVerbs =
        ["--version", "validate", "evaluate", "plan", "run", "runs", "show", "log", "why", "queue", "cancel", "rerun", "wait"];

    /// <summary>Where it is expected.</summary>
    internal static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "..", "octoworkers"));

    /// <summary>Whether it is there.</summary>
    internal static bool Exists => File.Exists(Path);

    /// <summary>Becomes that command, unless this one does what the arguments ask.</summary>
    internal static void TakeOver(string[] arguments)
    {
        bool isOwn = arguments is [var verb, ..] && OwnVerbs.Contains(verb) && !arguments.Any(argument => argument.StartsWith("--file", StringComparison.Ordinal));
        if (!isOwn && Exists)
        {
            Become(arguments);
        }
    }

    /// <summary>Becomes that command when a worker or target is reached through PowerShell remoting.</summary>
    /// <param name="session">Open, and not used yet; closed before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task TakeOverAsync(EngineSession session, CancellationToken cancellationToken)
    {
        if (Exists && await HasRemotingAsync(session.Store, cancellationToken).ConfigureAwait(false))
        {
            await session.DisposeAsync().ConfigureAwait(false);
            Become(Environment.GetCommandLineArgs()[1..]);
        }
    }

    private static async Task<bool> HasRemotingAsync(IStore store, CancellationToken cancellationToken)
        => (await store.GetWorkersAsync(cancellationToken).ConfigureAwait(false)).Any(worker => worker.Connection is PowerShellConnection)
            || (await store.GetTargetsAsync(cancellationToken).ConfigureAwait(false)).Any(target => target.Connection is PowerShellConnection);

    private static void Become(string[] arguments)
    {
        // The runtime ignores the signal; that would be passed on.
        _ = signal(BrokenPipeSignal, 0);
        _ = execv(Path, [Path, .. arguments, null]);
        throw new OctoWorkersException(
            EngineError.InvalidArgument, $"'{Path}' cannot be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.", Path);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern nint signal(int number, nint handler);

    [DllImport("libc", SetLastError = true, BestFitMapping = false)]
    private static extern int execv([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string?[] arguments);
}
