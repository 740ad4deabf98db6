using OctoWorkers.Engine.Definitions;
using OctoWorkers.PowerShell.Pipeline;

namespace OctoWorkers.PowerShell.Cmdlets.Runbook;

/// <summary>What is wrong in definition files, as errors.</summary>
internal static class DefinitionErrors
{
    /// <summary>Writes an error for each problem: its message begins with the place, its target is the file's path.</summary>
    internal static async Task WriteProblemsAsync(this IPipelineWriter pipeline, InvalidDefinitionsException invalid)
    {
        foreach (DefinitionProblem problem in invalid.Problems)
        {
            OctoWorkersException one = new(EngineError.InvalidDefinition, problem.ToString(), problem.Location.File);
            await pipeline.WriteErrorAsync(ErrorRecords.From(one)).ConfigureAwait(false);
        }
    }
}
