using System.Globalization;
using OctoWorkers.Engine.Definitions;

namespace OctoWorkers.PowerShell.Selection;

/// <summary>A step of a run, by its name or its number; 0 is the run itself.</summary>
internal static class RunStep
{
    /// <summary>The number of a step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">A name, or a number; null: none in particular.</param>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.StepNotFound"/>: it names those that there are.</exception>
    internal static int? Find(RunRecord run, string? step)
    {
        if (step is null)
        {
            return null;
        }

        IReadOnlyList<StepDefinition> steps = run.Request.Snapshot.Steps;
        int named = steps.TakeWhile(one => !EntityName.Comparer.Equals(one.Name, step)).Count();
        if (named < steps.Count)
        {
            return named + 1;
        }

        if (int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= steps.Count)
        {
            return number;
        }

        string names = string.Join(", ", steps.Select((one, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1} ({one.Name})")));
        throw new OctoWorkersException(EngineError.StepNotFound, $"{run.Id} has no step '{step}'. There is: {names}; and 0, which is what the run itself says.", step);
    }
}
