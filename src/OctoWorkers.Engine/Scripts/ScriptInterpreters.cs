namespace OctoWorkers.Engine.Scripts;

/// <summary>The interpreters, by the syntax they run.</summary>
public static class ScriptInterpreters
{
    private static readonly Dictionary<ScriptSyntax, IScriptInterpreter> All = new()
    {
        [ScriptSyntax.Bash] = new BashInterpreter(),
        [ScriptSyntax.PowerShell] = new PowerShellInterpreter(),
        [ScriptSyntax.Python] = new PythonInterpreter(),
    };

    /// <summary>What a worker must have to run scripts of a syntax.</summary>
    /// <param name="syntax">The syntax.</param>
    public static CapabilityDemand DemandOf(ScriptSyntax syntax) => new(Of(syntax).Demand);

    /// <summary>Whether a script certainly sees nothing of what could be handed over with it.</summary>
    /// <param name="script">The script as it is defined.</param>
    internal static bool IsPlain(ScriptAction script) => Of(script.Syntax).IsPlain(script);

    /// <exception cref="OctoWorkersException"><see cref="EngineError.UnsupportedPlatform"/>: there is none.</exception>
    internal static IScriptInterpreter Of(ScriptSyntax syntax)
        => All.TryGetValue(syntax, out IScriptInterpreter? interpreter)
            ? interpreter
            : throw new OctoWorkersException(EngineError.UnsupportedPlatform, $"Scripts in {syntax} cannot be run.", syntax);
}
