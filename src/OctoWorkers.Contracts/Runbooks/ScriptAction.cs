namespace OctoWorkers;

/// <summary>Runs a script on a worker.</summary>
/// <param name="Body">The script itself, never a path: a script in a file is read when its definition is read.</param>
public sealed record ScriptAction(string Body) : StepAction
{
    /// <summary>The script's language.</summary>
    public ScriptSyntax Syntax { get; init; }

    /// <summary>Arguments of the script, in order.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Extra environment variables of the script, by name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of the script modules it uses, all of its own syntax.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];
}
