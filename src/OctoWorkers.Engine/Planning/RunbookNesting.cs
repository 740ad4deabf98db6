namespace OctoWorkers.Engine.Planning;

/// <summary>
/// Looks for runbooks that run each other in a circle, or too deep, before anything runs (semantics, section 3). A child that is not waited for
/// counts too: such a circle would never end either. Disabled steps, and steps that do not apply to the environment, do not count.
/// Runbooks that do not exist are passed over: their absence is another error.
/// </summary>
public sealed class RunbookNesting
{
    /// <summary>How many runs may stand above a run at the most.</summary>
    public const int MaxDepth = 32;

    private readonly Dictionary<string, RunbookDefinition> runbooks = new(EntityName.Comparer);
    private readonly Dictionary<NestedRunbook, DeepestChild> finished = [];
    private readonly List<NestedCall> path = [];
    private readonly HashSet<NestedRunbook> onPath = [];

    private RunbookNesting(IEnumerable<RunbookDefinition> runbooks)
    {
        foreach (RunbookDefinition runbook in runbooks)
        {
            this.runbooks[runbook.Name] = runbook;
        }
    }

    /// <summary>Checks one runbook and all that it runs.</summary>
    /// <param name="root">The runbook; it takes the place of the one of the same name in <paramref name="runbooks"/>.</param>
    /// <param name="runbooks">All runbooks.</param>
    /// <param name="environment">The environment it runs in; null: not known yet, so that steps for any environment count.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookCycle"/>: the message names the chain of runbooks and its steps.</exception>
    public static void Check(RunbookDefinition root, IEnumerable<RunbookDefinition> runbooks, string? environment = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(runbooks);
        new RunbookNesting(runbooks.Append(root)).Visit(new(root, environment));
    }

    /// <summary>Checks every runbook.</summary>
    /// <param name="runbooks">All runbooks.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.RunbookCycle"/> for the first one found.</exception>
    public static void CheckAll(IReadOnlyCollection<RunbookDefinition> runbooks)
    {
        ArgumentNullException.ThrowIfNull(runbooks);
        RunbookNesting nesting = new(runbooks);
        foreach (RunbookDefinition runbook in runbooks)
        {
            nesting.Visit(new(runbook, null));
        }
    }

    // Depth first; the recursion is never deeper than MaxDepth. Returns how deep the runbook nests.
    private int Visit(NestedRunbook runbook)
    {
        if (finished.TryGetValue(runbook, out DeepestChild known))
        {
            return path.Count + known.Depth > MaxDepth ? throw TooDeep(runbook) : known.Depth;
        }

        if (!onPath.Add(runbook))
        {
            throw Cycle(runbook);
        }

        if (path.Count > MaxDepth)
        {
            throw TooDeep(runbook);
        }

        DeepestChild deepest = default;
        foreach (NestedCall call in Calls(runbook))
        {
            path.Add(call);
            int depth = 1 + Visit(call.Child);
            path.RemoveAt(path.Count - 1);
            if (depth > deepest.Depth)
            {
                deepest = new(depth, call);
            }
        }

        onPath.Remove(runbook);
        finished.Add(runbook, deepest);
        return deepest.Depth;
    }

    private IEnumerable<NestedCall> Calls(NestedRunbook caller)
    {
        // Where it may not run, it fails before it runs anything.
        if (caller.Environment is { } here && !StepApplicability.AllowsEnvironment(caller.Definition, here))
        {
            yield break;
        }

        foreach (StepDefinition step in caller.Definition.Steps)
        {
            bool runs = caller.Environment is null ? !step.Disabled : StepApplicability.DefinedSkipReason(step, caller.Environment) is null;
            if (runs && step.Action is RunRunbookAction action && runbooks.TryGetValue(action.Runbook, out RunbookDefinition? child))
            {
                yield return new(caller, step.Name, new(child, action.Environment ?? caller.Environment));
            }
        }
    }

    private OctoWorkersException Cycle(NestedRunbook runbook)
        => Error($"Runbook '{runbook.Name}' runs itself", path.SkipWhile(call => call.Caller != runbook), runbook, "Disable or change one of these steps.");

    private OctoWorkersException TooDeep(NestedRunbook runbook)
    {
        List<NestedCall> chain = [.. path];
        while (chain.Count <= MaxDepth && finished.TryGetValue(chain.Count == 0 ? runbook : chain[^1].Child, out DeepestChild next) && next.Call is not null)
        {
            chain.Add(next.Call);
        }

        return Error(
            $"Runbook '{chain[0].Caller.Name}' runs others more than {MaxDepth} deep", chain, chain[0].Caller, "Let one of them do the work of its children itself.");
    }

    private static OctoWorkersException Error(string what, IEnumerable<NestedCall> calls, NestedRunbook subject, string remedy)
    {
        List<NestedCall> chain = [.. calls];
        string names = string.Join(" -> ", chain.Select(call => call.Caller.Name).Append(chain[^1].Child.Name));
        string steps = string.Join(", ", chain.Select(call => $"'{call.Step}' of '{call.Caller.Name}'"));
        return new(EngineError.RunbookCycle, $"{what}: {names} (steps: {steps}). {remedy}", subject.Name);
    }

    private readonly record struct DeepestChild(int Depth, NestedCall? Call);
}
