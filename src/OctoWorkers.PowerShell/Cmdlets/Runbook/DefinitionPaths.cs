using System.Management.Automation;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>Paths as they are given at a prompt.</summary>
internal static class DefinitionPaths
{
    /// <summary>The files and folders that they mean, from the session's location; wildcards are followed.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.DefinitionNotReadable"/>.</exception>
    internal static string[] Of(PSCmdlet cmdlet, IEnumerable<string> paths) => [.. paths.SelectMany(path => Of(cmdlet, path))];

    private static string[] Of(PSCmdlet cmdlet, string path)
    {
        string literal = cmdlet.GetUnresolvedProviderPathFromPSPath(WildcardPattern.ContainsWildcardCharacters(path) ? "." : path);
        if (!WildcardPattern.ContainsWildcardCharacters(path) || System.IO.Path.Exists(System.IO.Path.Combine(literal, path)))
        {
            return [WildcardPattern.ContainsWildcardCharacters(path) ? System.IO.Path.Combine(literal, path) : literal];
        }

        try
        {
            return [.. cmdlet.GetResolvedProviderPathFromPSPath(path, out _)];
        }
        catch (ItemNotFoundException e)
        {
            throw new OctoWorkersException(EngineError.DefinitionNotReadable, $"'{path}' names no file or folder.", path, e);
        }
    }
}
