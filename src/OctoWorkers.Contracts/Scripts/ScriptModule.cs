namespace OctoWorkers;

/// <summary>A script of functions that other scripts of its syntax share.</summary>
public sealed record ScriptModule
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="syntax">Its language; only steps of the same one can use it.</param>
    /// <param name="body">The script.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidDefinition"/> when the name is not usable.</exception>
    public ScriptModule(string name, ScriptSyntax syntax, string body)
    {
        Name = EntityName.Require(name, "script module");
        Syntax = syntax;
        Body = body;
    }

    /// <summary>Its name, unique in the store without regard to case. A Python module is imported by it.</summary>
    public string Name { get; }

    /// <summary>Its language.</summary>
    public ScriptSyntax Syntax { get; }

    /// <summary>The script; it may hold templates.</summary>
    public string Body { get; }

    /// <summary>What it is for; empty when nothing was said.</summary>
    public string Description { get; init; } = "";
}
