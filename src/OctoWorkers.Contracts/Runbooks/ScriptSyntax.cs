namespace OctoWorkers;

/// <summary>The language of a script.</summary>
public enum ScriptSyntax
{
    /// <summary>Bash.</summary>
    Bash,

    /// <summary>PowerShell 7, by the worker's <c>pwsh</c>.</summary>
    PowerShell,

    /// <summary>Python 3.</summary>
    Python,
}
