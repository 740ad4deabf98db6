using OctoWorkers.Engine.Transports;

namespace OctoWorkers.Engine.Scripts;

/// <summary>A script with all that it can see, ready to be put into what an interpreter is started with.</summary>
/// <param name="Syntax">Its language.</param>
/// <param name="Body">Its text, templates evaluated.</param>
public sealed record ScriptSource(ScriptSyntax Syntax, string Body)
{
    /// <summary>Its arguments, in order.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its extra environment variables, by name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The variables it can read, by name, in clear: they reach it through <see cref="AttemptStart.Input"/>, sensitive or not.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The script modules it uses, in order, templates evaluated; all of its own syntax. They go the way of the variables.</summary>
    public IReadOnlyList<ScriptModule> Modules { get; init; } = [];

    /// <summary>Whether a secret was substituted into the body, so that it must not become a file on the worker.</summary>
    public bool HoldsSecret { get; init; }

    /// <summary>Whether it sees nothing of helpers, variables and modules, so that it is started without; its language must be able to.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Makes what its attempt is started with.</summary>
    /// <param name="run">The run, as entered on the worker.</param>
    /// <param name="fencingToken">The owner's token.</param>
    /// <param name="ticket">The attempt.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/>: something in it cannot be handed to its interpreter.</exception>
    public AttemptStart Start(string run, long fencingToken, string ticket)
    {
        IScriptInterpreter interpreter = ScriptInterpreters.Of(Syntax);
        ScriptParts parts = interpreter.Compose(this);
        return new(run, fencingToken, ticket, IsPlain ? interpreter.PlainCommand : interpreter.Command, parts.Script)
        {
            Input = parts.Input,
            Arguments = Arguments,
            Environment = interpreter.Environment.Where(variable => !Environment.ContainsKey(variable.Key)).Concat(Environment).ToDictionary(StringComparer.Ordinal),
        };
    }
}
