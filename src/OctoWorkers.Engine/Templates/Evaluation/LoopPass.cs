namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>One pass of a loop.</summary>
internal sealed class LoopPass(string variable, LoopItem item, int index, int count)
{
    private Dictionary<string, string?>? values;

    internal string Variable => variable;

    internal LoopItem Item => item;

    internal int Index => index;

    internal bool IsFirst => index == 0;

    internal bool IsLast => index == count - 1;

    /// <summary>Values of names that were evaluated in this pass and may be others in the next.</summary>
    internal Dictionary<string, string?> Values => values ??= new(StringComparer.OrdinalIgnoreCase);

    /// <summary>One of <see cref="Values"/>.</summary>
    internal bool TryGetValue(string name, out string? value)
    {
        value = null;
        return values is not null && values.TryGetValue(name, out value);
    }
}
