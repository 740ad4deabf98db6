namespace OctoWorkers.Engine.Planning;

/// <summary>One runbook's step that runs another.</summary>
/// <param name="Caller">The runbook that has the step.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Child">The runbook that it runs.</param>
internal sealed record NestedCall(NestedRunbook Caller, string Step, NestedRunbook Child);
