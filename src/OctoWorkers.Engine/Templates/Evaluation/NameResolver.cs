using Newtonsoft.Json.Linq;

namespace OctoWorkers.Engine.Templates.Evaluation;

/// <summary>
/// Finds the values of names: a loop's variable, a variable, then a way into the JSON of one. Each value is evaluated once, unless it
/// depends on the loops around it.
/// </summary>
/// <param name="values">The variables.</param>
/// <param name="loops">The loops around the part that is being evaluated.</param>
/// <param name="report">Takes note of the names that are used.</param>
/// <param name="evaluate">Evaluates the template of a value into a slot.</param>
internal sealed class NameResolver(
    ITemplateValues values, LoopStack loops, EvaluationReport report, Func<Template, Slot, IEnumerator<Step>> evaluate)
{
    // Names with more parts have no JSON of their own.
    private const int MostCuts = 64;

    private readonly Dictionary<string, string?> memo = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string?> outsideLoops = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, JsonDocument?> documents = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> chain = [];
    private readonly HashSet<string> inProgress = new(StringComparer.OrdinalIgnoreCase);

    // Grows whenever something is asked of the loops around, or is not there: such values are no one else's.
    private long local;

    /// <summary>The value, if it is known without evaluating anything.</summary>
    /// <returns>Whether it is; the value is null when nothing has that name.</returns>
    internal bool TryResolve(string name, out string? value)
    {
        value = null;
        if (loops.Innermost is not null && (loops.ItemOf(name, out _) is not null || loops.Special(name) is not null))
        {
            return false;
        }

        if (TryRemembered(name, out value))
        {
            return true;
        }

        if (values.Find(name) is not { } raw || Template.HasSubstitutions(raw))
        {
            return false;
        }

        report.Use(name);
        memo.Add(name, raw);
        value = raw;
        return true;
    }

    /// <summary>Leaves the value in the slot, or null when nothing has that name.</summary>
    internal IEnumerator<Step> Resolve(string name, Slot slot)
    {
        if (loops.Special(name) is { } special)
        {
            local++;
            slot.Value = special;
        }
        else if (loops.ItemOf(name, out int firstPart) is { } item)
        {
            local++;
            yield return new(Item(name, firstPart, item, slot));
        }
        else
        {
            yield return new(Variable(name, slot));
        }
    }

    /// <summary>The name that a name is short for in the loops around; null when it stands for a value.</summary>
    internal string? PathOf(string name)
        => loops.ItemOf(name, out int firstPart) is not { } item ? name : item.Path is null ? null : item.Path + name[firstPart..];

    private IEnumerator<Step> Item(string name, int firstPart, LoopItem item, Slot slot)
    {
        string way = name[firstPart..];
        if (item.Path is not null)
        {
            yield return new(Variable(item.Path + way, slot));
            slot.Value ??= way.Length == 0 ? item.Text : null;
            yield break;
        }

        JToken? from = item.Json ?? (way.Length == 0 ? null : JsonTree.Parse(item.Text));
        IReadOnlyList<string>? steps = TemplateName.Steps(way);
        if (way.Length > 0 && (from is null || steps is null))
        {
            yield break;
        }

        JToken? found = from is null ? null : JsonTree.Follow(from, steps!);
        if (slot.WantsJson && JsonTree.Container(found) is { } container)
        {
            slot.Document = new(container, item.IsEvaluated);
            yield break;
        }

        string text = way.Length == 0 ? item.Text : JsonTree.Text(found);
        yield return new(Value(name, text, slot, isShared: false, item.IsEvaluated));
    }

    private IEnumerator<Step> Variable(string name, Slot slot)
    {
        if (slot.WantsJson && values.Find(name) is { } given && JsonTree.Parse(given) is { } whole)
        {
            report.Use(name);
            slot.Document = new(whole, IsEvaluated: false);
            yield break;
        }

        if (TryRemembered(name, out string? remembered))
        {
            slot.Value = remembered;
            yield break;
        }

        if (values.Find(name) is { } raw)
        {
            report.Use(name);
            yield return new(Value(name, raw, slot, isShared: true, isEvaluated: false));
            yield break;
        }

        int wildcard = name.IndexOf("[*]", StringComparison.Ordinal);
        if (wildcard > 0 && name.IndexOf("[*]", wildcard + 1, StringComparison.Ordinal) < 0)
        {
            foreach (string index in values.Indexes(name[..wildcard]))
            {
                string one = $"{name[..wildcard]}[{index}]{name[(wildcard + 3)..]}";
                if (values.Find(one) is not null)
                {
                    yield return new(Variable(one, slot));
                    yield break;
                }
            }
        }

        foreach (int cut in TemplateName.Cuts(name, MostCuts))
        {
            string owner = name[..cut];
            if (values.Find(owner) is null || TemplateName.Steps(name.AsSpan(cut)) is not { } steps)
            {
                continue;
            }

            Slot found = new();
            yield return new(Document(owner, found));
            if (found.Document is not { } document)
            {
                continue;
            }

            report.Use(owner);
            JToken? token = JsonTree.Follow(document.Json, steps);
            if (slot.WantsJson && JsonTree.Container(token) is { } container)
            {
                slot.Document = document with { Json = container };
                yield break;
            }

            yield return new(Value(name, JsonTree.Text(token), slot, documents.ContainsKey(owner), document.IsEvaluated));
            yield break;
        }

        local++;
    }

    // The JSON of a variable: of its value as it was given or, when that is none, of its evaluated value.
    private IEnumerator<Step> Document(string owner, Slot slot)
    {
        if (documents.TryGetValue(owner, out JsonDocument? known))
        {
            slot.Document = known;
            yield break;
        }

        long before = local;
        string raw = values.Find(owner)!;
        if (JsonTree.Parse(raw) is { } given)
        {
            slot.Document = new(given, IsEvaluated: false);
        }
        else if (Template.HasSubstitutions(raw))
        {
            if (inProgress.Contains(owner))
            {
                yield break;
            }

            Slot text = new();
            yield return new(Variable(owner, text));
            slot.Document = text.Value is { } evaluated && JsonTree.Parse(evaluated) is { } made ? new(made, IsEvaluated: true) : null;
        }

        if (local == before)
        {
            documents[owner] = slot.Document;
        }
    }

    private IEnumerator<Step> Value(string name, string raw, Slot slot, bool isShared, bool isEvaluated)
    {
        long before = local;
        slot.Value = raw;
        if (!isEvaluated && Template.HasSubstitutions(raw))
        {
            if (!inProgress.Add(name))
            {
                throw SelfReference.Of(chain, name);
            }

            chain.Add(name);
            yield return new(evaluate(Template.Parse(raw, name), slot));
            chain.RemoveAt(chain.Count - 1);
            inProgress.Remove(name);
        }

        if (isShared)
        {
            Dictionary<string, string?> known = local == before ? memo : loops.Innermost?.Values ?? outsideLoops;
            known[name] = slot.Value;
        }
    }

    private bool TryRemembered(string name, out string? value)
    {
        if (memo.TryGetValue(name, out value))
        {
            return true;
        }

        if (loops.Innermost is { } pass ? pass.TryGetValue(name, out value) : outsideLoops.TryGetValue(name, out value))
        {
            local++;
            return true;
        }

        return false;
    }
}
