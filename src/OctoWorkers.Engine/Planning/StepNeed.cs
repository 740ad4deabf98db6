namespace OctoWorkers.Engine.Planning;

/// <summary>What a step needs of the worker that is to be drawn for it.</summary>
/// <param name="Number">The step's number.</param>
/// <param name="Step">The step.</param>
/// <param name="Pool">The pool to draw from.</param>
/// <param name="PoolReason">Why that pool, in words.</param>
/// <param name="Key">The lease key.</param>
/// <param name="Demands">What its worker must have, its interpreter among it.</param>
internal sealed record StepNeed(
    int Number, StepDefinition Step, WorkerPoolRecord Pool, string PoolReason, LeaseKey Key, IReadOnlyList<CapabilityDemand> Demands)
{
    /// <summary>What the worker of a step must have: what the step demands, and the interpreter of its script.</summary>
    internal static IReadOnlyList<CapabilityDemand> DemandsOf(StepDefinition step)
        => step.Action is not ScriptAction script ? step.Demands
            : Interpreter(script.Syntax) is var own && step.Demands.Any(demand => EntityName.Comparer.Equals(demand.Name, own)) ? step.Demands
            : [new CapabilityDemand(own), .. step.Demands];

    /// <summary>The capability that runs scripts of a syntax.</summary>
    internal static string Interpreter(ScriptSyntax syntax) => syntax switch
    {
        ScriptSyntax.PowerShell => "pwsh",
        ScriptSyntax.Python => "python3",
        _ => "bash",
    };
}
