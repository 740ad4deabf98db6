using OctoWorkers.Model.Tests.Operations;
using OctoWorkers.TestKit.Workers;

namespace OctoWorkers.Model.Tests.Scenarios;

/// <summary>Simpler scenarios: fewer operations, fewer steps, plainer steps.</summary>
internal static class ScenarioShrinker
{
    /// <summary>The scenarios that are a little simpler than one, the much simpler ones first.</summary>
    public static IEnumerable<Scenario> Simpler(Scenario scenario)
    {
        IReadOnlyList<Operation> operations = scenario.Operations;
        for (int size = operations.Count / 2; size >= 1; size /= 2)
        {
            for (int begin = 0; begin + size <= operations.Count; begin += size)
            {
                yield return scenario with { Operations = [.. operations.Take(begin), .. operations.Skip(begin + size)] };
            }
        }

        for (int place = 0; place < scenario.Runbooks.Count; place++)
        {
            foreach (RunbookSpec simpler in Simpler(scenario.Runbooks[place]))
            {
                RunbookSpec[] runbooks = [.. scenario.Runbooks];
                runbooks[place] = simpler;
                yield return scenario with { Runbooks = runbooks };
            }
        }

        for (int index = 0; index < operations.Count; index++)
        {
            if (operations[index].Hurries)
            {
                Operation[] calmer = [.. operations];
                calmer[index] = operations[index] with { Hurries = false };
                yield return scenario with { Operations = calmer };
            }
        }
    }

    private static IEnumerable<RunbookSpec> Simpler(RunbookSpec runbook)
    {
        if (runbook.Steps.Count > 1)
        {
            for (int left = 0; left < runbook.Steps.Count; left++)
            {
                yield return runbook with { Steps = [.. runbook.Steps.Where((_, index) => index != left)] };
            }
        }

        RunbookSpec plain = new(runbook.Steps);
        if (runbook.Guided || runbook.TimesOut || runbook.Expires || runbook.Isolated || runbook.SkipsUnavailable || runbook.Tag is not null)
        {
            yield return plain;
        }

        for (int index = 0; index < runbook.Steps.Count; index++)
        {
            StepSpec step = runbook.Steps[index];
            StepSpec plainer = new(step.Kind) { Child = step.Child, Targets = step.Targets, Window = step.Window, Script = new SimulatedScript(1, 0, step.Script.Failures, step.Script.Holds, step.Script.IsLost) };
            if (plainer == step && step.Targets > 0)
            {
                plainer = step with { Targets = 0, Window = null };
            }

            if (plainer != step)
            {
                StepSpec[] steps = [.. runbook.Steps];
                steps[index] = plainer;
                yield return runbook with { Steps = steps };
            }
        }
    }
}
