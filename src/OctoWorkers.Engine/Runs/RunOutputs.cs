using OctoWorkers.Engine.Definitions;
using OctoWorkers.Engine.Variables;

namespace OctoWorkers.Engine.Runs;

/// <summary>The output variables of a run, of what its journal says. Of several attempts that set one, the last counts.</summary>
internal static class RunOutputs
{
    /// <summary>What a step that runs a runbook says of that run, beside its output variables.</summary>
    private const string ChildId = "Run.Id";

    /// <summary>All of them, in the order of the steps and of their names.</summary>
    public static IReadOnlyList<OutputVariableSet> Of(RunState state)
        =>
        [
            .. state.Outputs.Values.Concat(state.Steps.Where(step => step.Child is not null).Select(ChildOf))
                .OrderBy(output => output.Step).ThenBy(output => output.Name, EntityName.Comparer).ThenBy(output => output.Machine, EntityName.Comparer),
        ];

    /// <summary>
    /// What the end of a child run means for the outputs of the step that waited for it: its outcome, and all its own outputs under the names that they have there,
    /// so that the outputs of runs further down come along.
    /// </summary>
    public static IEnumerable<OutputVariableSet> OfChild(StepState step, RunRecord child, RunState childState, DateTimeOffset now)
    {
        OutputVariableSet outcome = new(step.Number, step.Attempts.Count, null, "Run.Status", child.Status.ToString(), null) { At = now };
        yield return outcome;
        yield return outcome with { Name = "Run.Error", Value = child.Error ?? "" };
        foreach (OutputVariableSet output in Of(childState))
        {
            string name = FullName(childState, output, output.Machine);
            if (IsUsable(name))
            {
                yield return output with { Step = step.Number, Attempt = step.Attempts.Count, Machine = null, Name = name, At = now };
            }
        }
    }

    /// <summary>The variables that steps can read: <c>Octopus.Action[Step].Output.Name</c>, and for a machine <c>Octopus.Action[Step].Output[Machine].Name</c> too.</summary>
    public static IReadOnlyList<SourcedVariable> Sources(RunState state)
    {
        Dictionary<string, SourcedVariable> found = new(EntityName.Comparer);
        foreach (OutputVariableSet output in Of(state).OrderBy(output => output.At))
        {
            string place = $"step {FoundText.Quote(state.Step(output.Step).Definition.Name)}";
            foreach (string name in output.Machine is null ? [FullName(state, output, null)] : (string[])[FullName(state, output, null), FullName(state, output, output.Machine)])
            {
                if (IsUsable(name))
                {
                    found[name] = new(VariableSource.Output, place, output.Sealed is { } secret
                        ? VariableDefinition.Sensitive(name, secret)
                        : VariableDefinition.Kept(name, output.Value ?? ""));
                }
            }
        }

        return [.. found.Values];
    }

    private static OutputVariableSet ChildOf(StepState step)
        => new(step.Number, step.Attempts.Count, null, ChildId, step.Child.ToString(), null) { At = step.Attempts[^1].Started };

    private static string FullName(RunState state, OutputVariableSet output, string? machine)
        => $"Octopus.Action[{state.Step(output.Step).Definition.Name}].Output{(machine is null ? "" : $"[{machine}]")}.{output.Name}";

    // A script may give its outputs any names; those that no variable can have are nobody's to read.
    private static bool IsUsable(string name) => name.Length <= VariableDefinition.MaxNameLength && !name.Contains('\0', StringComparison.Ordinal);
}
