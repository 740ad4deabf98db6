using System.Reflection;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>The scripts that this module runs on workers.</summary>
internal static class RemoteScript
{
    /// <summary>The text of one.</summary>
    internal static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"remoting/{name}.ps1")
            ?? throw new InvalidOperationException($"The script '{name}' is not in the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
