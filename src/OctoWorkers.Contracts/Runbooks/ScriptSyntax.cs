namespace OctoWorkers;

/// <summary>The language of a script.</summary>
public enum ScriptSyntax
{
    /// <summary>Bash.</summary>
    Bash,
}
