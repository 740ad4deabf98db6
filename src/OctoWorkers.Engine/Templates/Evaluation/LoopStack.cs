using System.Globalization;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>The loops around the part that is being evaluated, and what their variables stand for.</summary>
internal sealed class LoopStack
{
    private const string Prefix = "Octopus.Template.Each.";
    private readonly Stack<LoopPass> passes = new();
    private readonly Dictionary<string, Stack<LoopPass>> byVariable = new(StringComparer.OrdinalIgnoreCase);

    internal LoopPass? Innermost => passes.TryPeek(out LoopPass? pass) ? pass : null;

    internal void Enter(LoopPass pass)
    {
        passes.Push(pass);
        if (!byVariable.TryGetValue(pass.Variable, out Stack<LoopPass>? same))
        {
            byVariable.Add(pass.Variable, same = new());
        }

        same.Push(pass);
    }

    internal void Leave()
    {
        LoopPass pass = passes.Pop();
        Stack<LoopPass> same = byVariable[pass.Variable];
        same.Pop();
        if (same.Count == 0)
        {
            byVariable.Remove(pass.Variable);
        }
    }

    /// <summary>What the first part of a name stands for, if that is a loop's variable.</summary>
    internal LoopItem? ItemOf(string name, out int firstPart)
    {
        firstPart = 0;
        if (byVariable.Count == 0)
        {
            return null;
        }

        firstPart = TemplateName.FirstPart(name);
        return byVariable.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.AsSpan(0, firstPart), out Stack<LoopPass>? same)
            ? same.Peek().Item
            : null;
    }

    /// <summary>The value of <c>Octopus.Template.Each.Index</c>, <c>First</c> or <c>Last</c>; null for any other name.</summary>
    internal string? Special(string name)
    {
        if (Innermost is not { } pass || !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return name[Prefix.Length..].ToUpperInvariant() switch
        {
            "INDEX" => pass.Index.ToString(CultureInfo.InvariantCulture),
            "FIRST" => pass.IsFirst.ToString(),
            "LAST" => pass.IsLast.ToString(),
            _ => null,
        };
    }
}
