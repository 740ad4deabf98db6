namespace OctoWorkers.Engine.Scripts;

/// <summary>How scripts of one language are run.</summary>
internal interface IScriptInterpreter
{
    /// <summary>The program that a worker must have, which is also the name of its capability.</summary>
    string Demand { get; }

    /// <summary>The program and its own arguments; the script's file and the script's arguments follow.</summary>
    IReadOnlyList<string> Command { get; }

    /// <summary>The same for scripts to which nothing is handed over.</summary>
    IReadOnlyList<string> PlainCommand => Command;

    /// <summary>Environment variables that it needs, unless the script's own say otherwise.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Whether a script certainly sees nothing of helpers, variables and modules, and holds no template, so that nothing need be handed over.</summary>
    /// <param name="script">The script as it is defined.</param>
    bool IsPlain(ScriptAction script) => false;

    /// <summary>Puts helpers, variables, modules and body together.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: the language cannot hold something of it.</exception>
    ScriptParts Compose(ScriptSource source);
}
