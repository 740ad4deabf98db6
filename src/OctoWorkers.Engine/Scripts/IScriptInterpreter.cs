namespace OctoWorkers.Engine.Scripts;

/// <summary>How scripts of one language are run.</summary>
internal interface IScriptInterpreter
{
    /// <summary>The program that a worker must have, which is also the name of its capability.</summary>
    string Demand { get; }

    /// <summary>The program and its own arguments; the script's file and the script's arguments follow.</summary>
    IReadOnlyList<string> Command { get; }

    /// <summary>Environment variables that it needs, unless the script's own say otherwise.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Puts helpers, variables, modules and body together.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: the language cannot hold something of it.</exception>
    ScriptParts Compose(ScriptSource source);
}
