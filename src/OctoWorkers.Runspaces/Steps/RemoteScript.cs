using OctoWorkers.Engine.Scripts;

namespace OctoWorkers.Runspaces.Steps;

/// <summary>The programs that run on workers: resources of this assembly.</summary>
internal static class RemoteScript
{
    /// <summary>Says what the session is.</summary>
    internal static string Greeting { get; } = Read("greeting.ps1");

    /// <summary>Says what the session is like.</summary>
    internal static string Inspect { get; } = Read("inspect.ps1");

    /// <summary>Makes a session ready for a step; its arguments are the session's mark, <see cref="Watch"/> and <see cref="End"/>.</summary>
    internal static string Session { get; } = string.Join('\n', [PowerShellPrelude.Text, Read("1-output.ps1"), Read("2-step.ps1"), Read("3-session.ps1")]);

    /// <summary>Runs a step.</summary>
    internal static string Run { get; } = Read("run.ps1");

    /// <summary>A step that nobody asked for.</summary>
    internal static string Rehearsal { get; } = Read("rehearsal.ps1");

    /// <summary>Takes away what it left.</summary>
    internal static string Forget { get; } = Read("forget.ps1");

    /// <summary>Ends a step that did not come to its last line.</summary>
    internal static string Failed { get; } = Read("failed.ps1");

    /// <summary>Ends the session's process.</summary>
    internal static string Leave { get; } = Read("leave.ps1");

    /// <summary>For a shell: ends what a session has started.</summary>
    internal static string End { get; } = Read("end.sh");

    /// <summary>For a shell: waits for the session's end.</summary>
    internal static string Watch { get; } = Read("watch.sh");

    /// <summary>Reads a piece of a file.</summary>
    internal static string File { get; } = Read("file.ps1");

    /// <summary>Removes a run's folder.</summary>
    internal static string Remove { get; } = Read("remove.ps1");

    /// <summary>Sees to packages; the first argument says what is to be done.</summary>
    internal static string Packages { get; } = Read("packages.ps1");

    /// <summary>Runs <see cref="End"/>, or what a Windows machine has instead.</summary>
    internal static string Terminate { get; } = Read("terminate.ps1");

    /// <summary>A program of the worker's own that is named so.</summary>
    internal static string Read(string name)
    {
        using StreamReader reader = new(typeof(RemoteScript).Assembly.GetManifestResourceStream($"steps/{name}")!);
        return string.Join('\n', reader.ReadToEnd().Split('\n').Select(line => line.TrimStart()).Where(line => line.Length > 0 && line[0] != '#'));
    }
}
