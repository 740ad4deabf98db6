namespace OctoWorkers;

/// <summary>Something wrong in a definitions file.</summary>
/// <param name="Location">Where.</param>
/// <param name="Message">What was found and what to do about it: one line, without a full stop.</param>
public sealed record DefinitionProblem(SourceLocation Location, string Message)
{
    /// <summary>As it is shown: <c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{Location}: {Message}";
}
