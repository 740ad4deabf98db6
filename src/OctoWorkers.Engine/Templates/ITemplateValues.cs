namespace OctoWorkers.Engine.Templates;

/// <summary>
/// What templates can refer to. Names are matched without regard to case; values may be templates themselves. The same call
/// gives the same answer for as long as one evaluation lasts.
/// </summary>
public interface ITemplateValues
{
    /// <summary>The value of a name as it was given, not evaluated; null when there is none.</summary>
    string? Find(string name);

    /// <summary>
    /// The words in brackets that follow a name, each once, in the order in which they were given: <c>a</c> and <c>b</c> for
    /// <c>List</c> where there are <c>List[a].X</c>, <c>List[a].Y</c> and <c>List[b]</c>. Empty when there are none.
    /// </summary>
    IReadOnlyList<string> Indexes(string name);
}
