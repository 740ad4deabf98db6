namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>The failure of values that refer to each other in a circle.</summary>
internal static class SelfReference
{
    private const int MostNames = 20;

    /// <param name="chain">The names whose values are being evaluated, each for the one before it.</param>
    /// <param name="name">The one that was met again.</param>
    internal static OctoWorkersException Of(List<string> chain, string name)
    {
        int start = chain.FindIndex(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
        List<string> circle = [.. chain.Skip(start), name];
        string shown = string.Join(" -> ", circle.Count <= MostNames ? circle : [.. circle.Take(MostNames / 2), "…", .. circle.TakeLast(MostNames / 2)]);
        return new(EngineError.TemplateInvalid, $"The value of {name} refers to itself: {shown}. Change one of these values.", name);
    }
}
